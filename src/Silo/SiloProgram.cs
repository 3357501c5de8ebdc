using Granary.Silo.Hosting;
using Granary.Silo.Storage;
using Microsoft.Extensions.Options;

namespace Granary.Silo;

/// <summary>The process: reads the options, runs the silo, and turns the outcome into an exit code.</summary>
internal static class SiloProgram
{
    /// <summary>Ended in order.</summary>
    public const int Ok = 0;

    /// <summary>Could not start, or failed.</summary>
    public const int Failed = 1;

    /// <summary>Started with options it cannot use.</summary>
    public const int BadOptions = 2;

    // What is left of a stop after the host's own limit: closing files, ending threads.
    private static readonly TimeSpan ExitMargin = TimeSpan.FromSeconds(5);

    private static Timer? _stopLimit;

    /// <summary>Runs until somebody stops the silo; returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["--help" or "-h"])
        {
            Console.WriteLine(SiloCommandLine.Usage);
            return Ok;
        }

        try
        {
            SiloOptions options = ReadOptions(arguments);
            await using SiloHost host = await SiloHost.StartAsync(options, CancellationToken.None);
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() => LimitStop(options));
            await host.WaitForShutdownAsync(CancellationToken.None);
            return Ok;
        }
        catch (SiloUsageException mistakes)
        {
            await Console.Error.WriteLineAsync(mistakes.Message + Environment.NewLine + "granary-silo --help lists the options.");
            return BadOptions;
        }
        catch (Exception error) when (error is SiloStartException or StateFileException)
        {
            await Console.Error.WriteLineAsync($"granary-silo: {error.Message}");
            return Failed;
        }
        catch (Exception error)
        {
            await Console.Error.WriteLineAsync($"granary-silo failed: {error}");
            return Failed;
        }
    }

    private static SiloOptions ReadOptions(string[] arguments)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddEnvironmentVariables("GRANARY_")
            .AddInMemoryCollection(SiloCommandLine.Parse(arguments))
            .Build();
        var options = new SiloOptions();
        try
        {
            configuration.GetSection(SiloOptions.Section).Bind(options);
        }
        catch (InvalidOperationException error)
        {
            throw new SiloUsageException([error.InnerException is { } inner ? $"{error.Message} {inner.Message}" : error.Message]);
        }

        ValidateOptionsResult verdict = new SiloOptionsValidator().Validate(null, options);
        return verdict.Failed ? throw new SiloUsageException(verdict.Failures) : options;
    }

    // A part that does not end must not keep the process: the state on disk is whole at every moment.
    private static void LimitStop(SiloOptions options)
    {
        _stopLimit = new Timer(
            _ =>
            {
                Console.Error.WriteLine("granary-silo: a part did not stop in time; the process ends now.");
                Environment.Exit(Failed);
            },
            null, TimeSpan.FromSeconds(options.StopSeconds) + ExitMargin, Timeout.InfiniteTimeSpan);
    }
}
