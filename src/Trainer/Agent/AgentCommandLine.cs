using System.CommandLine;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Granary.Trainer.Collectives;
using Granary.Trainer.Link;
using Granary.Trainer.Worker;

namespace Granary.Trainer.Agent;

/// <summary><c>granary-trainer agent</c>: one per node.</summary>
internal static class AgentCommandLine
{
    private static readonly Option<string?> Silo = new("--silo") { Description = "Address of the silo, http://host:port." };
    private static readonly Option<string?> SiloFile = new("--silo-file")
    {
        Description = "JSON file in which the silo writes where it is (member grpc, host:port); read again at each reconnect.",
    };

    private static readonly Option<string> Node = new("--node")
    {
        Description = "The node's name, unique in the cluster.",
        DefaultValueFactory = _ => Environment.MachineName,
    };

    private static readonly Option<string> Pool = new("--pool")
    {
        Description = "Pool that the devices join.",
        DefaultValueFactory = _ => "default",
    };

    private static readonly Option<string> Devices = new("--devices")
    {
        Description = "auto (CUDA devices if there are any, else one slot per core, 8 at most), cpu:N, cuda:all, or cuda:0,1.",
        DefaultValueFactory = _ => "auto",
    };

    private static readonly Option<string> Address = new("--address")
    {
        Description = "Host at which other nodes reach this node's workers.",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private static readonly Option<string?> RingCertificate = new("--ring-certificate")
    {
        Description = "PEM file: this node's certificate for TLS between ranks. With it, --ring-key and --ring-authority.",
    };

    private static readonly Option<string?> RingKey = new("--ring-key") { Description = "PEM file: the certificate's private key." };
    private static readonly Option<string?> RingAuthority = new("--ring-authority")
    {
        Description = "PEM file: the authority's certificate; only ranks with a certificate of its making are let in.",
    };

    private static readonly Option<string> Work = new("--work") { Description = "Folder for the workers' files.", Required = true };
    private static readonly Option<bool> ExitWithParent = new("--exit-with-parent") { Description = "End when standard input ends." };

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var command = new Command("agent", "Offers this node's devices to a silo, and runs one worker per rank.")
        {
            Silo, SiloFile, Node, Pool, Devices, Address, RingCertificate, RingKey, RingAuthority, Work, ExitWithParent,
        };
        command.Validators.Add(result =>
        {
            var address = result.GetValue(Silo);
            if (address is null == result.GetValue(SiloFile) is null) result.AddError("Give either --silo or --silo-file.");
            if (address is not null && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            {
                result.AddError($"--silo {address}: expected http://host:port.");
            }

            Option<string?>[] files = [RingCertificate, RingKey, RingAuthority];
            if (files.Select(file => result.GetValue(file) is null).Distinct().Count() > 1)
            {
                result.AddError("Give --ring-certificate, --ring-key and --ring-authority together, or none of them.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var withParent = arguments.GetValue(ExitWithParent);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        // Ctrl-C reaches the whole process group. With a parent, it is the parent that decides what happens then.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            if (!withParent) ends.Cancel();
        });
        using var logs = LoggerFactory.Create(logging => logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        }));
        try
        {
            var options = Options(arguments);
            // Each worker reads them again; a mistake in them is told here, before any trial fails by it.
            if (options.Certificates is { } files) RingIdentity.Load(files).Dispose();
            var slots = DevicePlan.Make(options.Devices, await NodeProbe.ReadAsync(ends.Token));
            Directory.CreateDirectory(options.Work);
            if (withParent) _ = EndWithParentAsync(ends);
            await new NodeAgent(options, slots, TimeProvider.System, logs.CreateLogger("agent")).RunAsync(ends.Token);
            return ExitCode.Done;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"granary-trainer agent: {e.Message}");
            return ExitCode.Usage;
        }

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ends.Cancel();
        }
    }

    private static AgentOptions Options(ParseResult arguments) => new()
    {
        Silo = new SiloLocation(arguments.GetValue(Silo), arguments.GetValue(SiloFile) is { } file ? Path.GetFullPath(file) : null),
        Node = arguments.GetValue(Node)!,
        Pool = arguments.GetValue(Pool)!,
        Devices = arguments.GetValue(Devices)!,
        Address = arguments.GetValue(Address)!,
        Certificates = arguments.GetValue(RingCertificate) is { } certificate
            ? new RingCertificates(
                Path.GetFullPath(certificate),
                Path.GetFullPath(arguments.GetValue(RingKey)!),
                Path.GetFullPath(arguments.GetValue(RingAuthority)!))
            : null,
        Work = Path.GetFullPath(arguments.GetValue(Work)!),
        Program = WorkerProgram.Own(),
        Seed = RandomNumberGenerator.GetInt32(int.MaxValue),
    };

    private static async Task EndWithParentAsync(CancellationTokenSource ends)
    {
        // Off the caller's thread: reading standard input blocks.
        await Task.Run(async () =>
        {
            var buffer = new char[256];
            while (await Console.In.ReadAsync(buffer, ends.Token) > 0)
            {
            }
        }).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ends.CancelAsync();
    }
}
