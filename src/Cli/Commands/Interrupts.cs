using System.Runtime.InteropServices;

namespace Granary.Cli.Commands;

/// <summary>Ctrl-C and SIGTERM as a request to leave in order; the second one cancels <see cref="Second"/>.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _first;
    private readonly CancellationTokenSource _second = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    public Interrupts(CancellationTokenSource first)
    {
        _first = first;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    /// <summary>Signals so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Second => _second.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _second.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        (Interlocked.Increment(ref _count) == 1 ? _first : _second).Cancel();
    }
}
