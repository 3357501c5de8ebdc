using System.Runtime.InteropServices;

namespace Granary.Trainer.Tools;

/// <summary>A token that Ctrl-C and SIGTERM cancel, for tools that end cleanly when they are told to.</summary>
internal sealed class InterruptToken : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Listens from here on.</summary>
    /// <param name="cancellationToken">Cancels it too.</param>
    public InterruptToken(CancellationToken cancellationToken)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];
    }

    /// <summary>The token.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _source.Cancel();
    }
}
