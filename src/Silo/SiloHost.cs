using System.Net;
using Granary.Catalog;
using Granary.Silo.Hosting;

namespace Granary.Silo;

/// <summary>A silo from start to stop. Disposing it stops it gracefully and lets go of the state folder.</summary>
internal sealed partial class SiloHost : IAsyncDisposable
{
    private const int ResumeTries = 5;

    private static readonly TimeSpan ResumePause = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;
    private readonly StateDirectory _state;
    private readonly SiloLock _lock;
    private readonly ILogger<SiloHost> _logger;

    private SiloHost(WebApplication app, StateDirectory state, SiloLock held)
    {
        _app = app;
        _state = state;
        _lock = held;
        _logger = app.Services.GetRequiredService<ILogger<SiloHost>>();
    }

    /// <summary>Where it is found; set once it serves.</summary>
    public SiloRecord Record { get; private set; } = new(0, "", "", "", "", default);

    /// <summary>The host's parts.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a silo: it serves when this returns, and unfinished sweeps go on.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="SiloStartException">The folder belongs to another silo, or a port is taken.</exception>
    /// <exception cref="Storage.StateFileException">A file of the folder cannot be used.</exception>
    public static async Task<SiloHost> StartAsync(SiloOptions options, CancellationToken cancellationToken)
    {
        var state = new StateDirectory(options.State);
        CreateFolders(state);
        SiloLock held = SiloLock.Take(state);
        SiloHost? host = null;
        try
        {
            File.Delete(state.RecordFile);
            SiloPorts ports = SiloPorts.Choose(options);
            (WebApplication app, SiloListeners listeners) = SiloComposition.Build(options, state, ports);
            host = new SiloHost(app, state, held);
            await host.ServeAsync(options, ports, listeners, cancellationToken);
            return host;
        }
        catch
        {
            if (host is not null) await host.DisposeAsync();
            else held.Dispose();
            throw;
        }
    }

    /// <summary>Waits until somebody stops the silo: a signal, or the end of its parent.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        File.Delete(_state.RecordFile);
        await _app.StopAsync();
        await _app.DisposeAsync();
        _lock.Dispose();
    }

    private async Task ServeAsync(SiloOptions options, SiloPorts ports, SiloListeners listeners, CancellationToken cancellationToken)
    {
        try
        {
            SiloComposition.Map(_app);
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException error)
        {
            throw new SiloStartException($"The silo cannot listen: {error.Message} Choose other ports with --grpc and --http.", error);
        }

        // Whoever looks from now on shall not find a silo that is about to go.
        _app.Lifetime.ApplicationStopping.Register(() => File.Delete(_state.RecordFile));
        TimeProvider time = _app.Services.GetRequiredService<TimeProvider>();
        var gateway = new IPEndPoint(IPAddress.Parse(options.Host), ports.Gateway);
        Record = new SiloRecord(
            Environment.ProcessId, ListenAddress.Local(listeners.Grpc).ToString(), ListenAddress.Local(listeners.Http).ToString(),
            ListenAddress.Local(gateway).ToString(), options.ClusterId, time.GetUtcNow());
        await Record.WriteAsync(_state.RecordFile, cancellationToken);
        LogServing(Record.Grpc, Record.Http, Record.Gateway, _state.Root);
        if (options.ExitWithParent) _ = _app.Services.GetRequiredService<ParentWatch>().RunAsync(Console.OpenStandardInput());
        await ResumeAsync(time, cancellationToken);
        _app.Services.GetRequiredService<Readiness>().Set();
    }

    private async Task ResumeAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        ICatalogGrain catalog = _app.Services.GetRequiredService<IGrainFactory>().GetGrain<ICatalogGrain>(ICatalogGrain.Key);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await catalog.ResumeAllAsync(cancellationToken);
                return;
            }
            catch (Exception error) when (attempt < ResumeTries && error is not OperationCanceledException)
            {
                LogResumeFailed(attempt, ResumeTries, error);
                await Task.Delay(ResumePause, time, cancellationToken);
            }
        }
    }

    private static void CreateFolders(StateDirectory state)
    {
        try
        {
            state.Create();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SiloStartException($"{state.Root} cannot be made: {error.Message} Choose a folder of your own with --state.", error);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving: gRPC {Grpc}, HTTP {Http}, grain clients {Gateway}, state {State}.")]
    private partial void LogServing(string grpc, string http, string gateway, string state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Unfinished sweeps could not be taken up, try {Attempt} of {Tries}.")]
    private partial void LogResumeFailed(int attempt, int tries, Exception error);
}
