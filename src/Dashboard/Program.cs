using Granary.Dashboard.Hosting;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(DashboardCommandLine.Usage);
    return 0;
}

DashboardOptions options;
try
{
    options = DashboardCommandLine.Parse(args);
}
catch (DashboardUsageException error)
{
    await Console.Error.WriteLineAsync($"granary-dashboard: {error.Message}");
    return 2;
}

await using WebApplication app = DashboardHost.Build(options);
try
{
    await app.StartAsync();
}
catch (IOException error)
{
    await Console.Error.WriteLineAsync($"granary-dashboard: cannot serve on {options.Http}: {error.Message} Choose another --http, or add --any-port.");
    return 1;
}

if (options.Record is { } record)
{
    await DashboardHost.RecordAsync(app, record, CancellationToken.None);
}

Console.WriteLine($"dashboard at {DashboardHost.Address(app)}");
if (options.ExitWithParent)
{
    _ = StopWithParentAsync(app.Lifetime);
}

await app.WaitForShutdownAsync();
return 0;

// Standard input ends when the process that holds its other end does, however it ends.
static async Task StopWithParentAsync(IHostApplicationLifetime lifetime)
{
    await using Stream input = Console.OpenStandardInput();
    byte[] buffer = new byte[256];
    while (await input.ReadAsync(buffer, lifetime.ApplicationStopping) > 0)
    {
    }

    lifetime.StopApplication();
}
