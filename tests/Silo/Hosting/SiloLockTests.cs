using Granary.Silo.Hosting;

namespace Granary.Silo.Tests.Hosting;

public sealed class SiloLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StateDirectory _state;

    public SiloLockTests()
    {
        _state = new StateDirectory(_folder.Path);
        _state.Create();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Take_HeldByAnother_NamesTheHolderAndTheRemedy()
    {
        using SiloLock held = SiloLock.Take(_state);

        var error = Assert.Throws<SiloStartException>(() => SiloLock.Take(_state));

        Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
        Assert.Contains("--state", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_AfterTheHolderLetGo_Succeeds()
    {
        SiloLock.Take(_state).Dispose();

        using SiloLock held = SiloLock.Take(_state);

        Assert.True(File.Exists(_state.LockFile));
    }
}
