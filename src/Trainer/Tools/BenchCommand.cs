using System.CommandLine;
using Granary.Trainer.Collectives;
using Granary.Trainer.Tools.Bench;

namespace Granary.Trainer.Tools;

/// <summary><c>granary bench allreduce</c>: how fast ranks on this machine average tensors, lane by lane.</summary>
internal static class BenchCommand
{
    private static readonly Option<int> Ranks = new("--ranks")
    {
        Description = "Processes that take part, 2 to 16.",
        DefaultValueFactory = _ => 2,
    };

    private static readonly Option<IReadOnlyList<int>> Bytes = new("--bytes")
    {
        Description = "Sizes of the tensor: a list such as 1K,25M or a range such as 1K..64M, in steps of four.",
        DefaultValueFactory = _ => ByteSizes.Parse("1K..64M")!,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (ByteSizes.Parse(text) is { } sizes)
                return sizes;
            result.AddError($"--bytes is '{text}'; expected sizes from 4 to 1G such as 1K,25M or a range such as 1K..64M.");
            return null;
        },
    };

    private static readonly Option<string> Lane = new Option<string>("--lane")
    {
        Description = "Where the bytes go: shared-memory, grpc, or all.",
        DefaultValueFactory = _ => "all",
    }.AcceptOnlyFromAmong("all", BenchLane.SharedMemory, BenchLane.Grpc);

    private static readonly Option<string> Wire = new Option<string>("--wire")
    {
        Description = "How numbers travel: fp32, bf16 or fp16.",
        DefaultValueFactory = _ => "fp32",
    }.AcceptOnlyFromAmong("fp32", "bf16", "fp16");

    private static readonly Option<int> Streams = new("--streams")
    {
        Description = "Streams of the grpc lane, each over a connection of its own, 1 to 16; parallel.streams of a run.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> Windows = new("--windows")
    {
        Description = "Windows that are measured for each size, 1 to 100; the median is printed.",
        DefaultValueFactory = _ => 7,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object a line." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var reduce = new Command("allreduce", "All-reduce between processes on this machine.") { Ranks, Bytes, Lane, Wire, Streams, Windows, Json };
        reduce.SetAction(MeasureAsync);
        var rank = new Command("rank", "One rank of a measurement; started by the others.") { Hidden = true };
        rank.SetAction((_, cancellationToken) => BenchRank.RunAsync(Console.In, Console.Out, cancellationToken));
        return new Command("bench", "Measure parts of Granary on this machine.") { reduce, DigestCommand.Create(), rank };
    }

    private static async Task<int> MeasureAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        int ranks = parsed.GetValue(Ranks);
        int windows = parsed.GetValue(Windows);
        if (ranks is < 2 or > 16)
            throw new ToolException($"--ranks is {ranks}; expected a whole number from 2 to 16.");
        int streams = parsed.GetValue(Streams);
        if (streams is < 1 or > 16)
            throw new ToolException($"--streams is {streams}; expected a whole number from 1 to 16.");
        if (windows is < 1 or > 100)
            throw new ToolException($"--windows is {windows}; expected a whole number from 1 to 100.");
        string lane = parsed.GetValue(Lane)!;
        WireType wire = parsed.GetValue(Wire) switch
        {
            "bf16" => WireType.BFloat16,
            "fp16" => WireType.Float16,
            _ => WireType.Float32,
        };
        foreach (string name in lane == "all" ? [BenchLane.SharedMemory, BenchLane.Grpc] : new[] { lane })
        {
            var orders = new BenchOrders
            {
                Ranks = ranks,
                Lane = name,
                Wire = wire,
                Streams = streams,
                Sizes = parsed.GetValue(Bytes)!,
                Windows = windows,
            };
            using var gang = new BenchGang(orders);
            await foreach (BenchResult result in gang.MeasureAsync(cancellationToken))
                await Console.Out.WriteLineAsync(parsed.GetValue(Json) ? result.ToJson() : result.ToString());
        }

        return ToolExit.Done;
    }
}
