using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Granary.Benchmarks.Ranks;
using Granary.Benchmarks.Train;
using Granary.Trainer.Link;

// As the trainer does.
NativeMemory.Keep();
var only = new Option<string[]>("--only")
{
    Description = "Cases whose names begin so.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => ["lenet", "resnet18-cifar"],
};
var ranks = new Option<int>("--ranks") { Description = "Ranks, of one thread each.", DefaultValueFactory = _ => 2 };
var windows = new Option<int>("--windows") { Description = "Windows of each side.", DefaultValueFactory = _ => 7 };
var seconds = new Option<double>("--seconds") { Description = "About how long a window takes.", DefaultValueFactory = _ => 3 };
var python = new Option<string>("--python") { Description = "The interpreter that has torch.", DefaultValueFactory = _ => "/usr/bin/python3" };

var rank = new Command("rank", "One rank; started by the benchmark.") { Hidden = true };
rank.SetAction((_, cancellationToken) => RankProcess.RunAsync(cancellationToken));
var command = new RootCommand("Data-parallel training beside PyTorch's DistributedDataParallel over Gloo, on the same libtorch.")
{
    only, ranks, windows, seconds, python, rank,
};
command.SetAction(async (result, cancellationToken) =>
{
    int many = result.GetValue(ranks);
    string interpreter = result.GetValue(python)!;
    foreach (TrainCase @case in TrainCase.All.Where(one => result.GetValue(only)!.Any(one.Name.StartsWith)))
    {
        // The sides rest while they do not measure, and take turns, so that what else the machine does meets all alike.
        Gang[] sides =
        [
            await Gang.GranaryAsync(@case, 1, sharedMemory: false),
            await Gang.GranaryAsync(@case, many, sharedMemory: true),
            await Gang.GranaryAsync(@case, many, sharedMemory: false),
            await Gang.PyTorchAsync(@case, 1, interpreter, 0),
            await Gang.PyTorchAsync(@case, many, interpreter, FreePort()),
        ];
        var runs = sides.ToDictionary(side => side, _ => new List<Window>());
        foreach (Gang side in sides)
        {
            await side.RunAsync(1);
            await side.RunAsync(1);
        }

        for (int i = 0; i < result.GetValue(windows); i++)
        {
            foreach (Gang side in sides)
                runs[side].Add(await side.RunAsync(result.GetValue(seconds)));
        }

        double[] rates = [.. sides.Select(side => Median(runs[side].Select(window => window.PerSecond)))];
        foreach ((Gang side, double rate) in sides.Zip(rates))
        {
            double cpu = Median(runs[side].Select(window => window.PerCpuSecond));
            Console.WriteLine($"{@case.Name,-16} {side.Name,-36} {rate,10:f1} ex/s {cpu,10:f1} ex/CPU-s");
        }

        Console.WriteLine($"{@case.Name,-16} over DDP: {rates[1] / rates[4]:f2} shared memory, {rates[2] / rates[4]:f2} gRPC; "
            + $"speed-up over one rank: {rates[1] / rates[0]:f2} shared memory, {rates[2] / rates[0]:f2} gRPC, {rates[4] / rates[3]:f2} PyTorch");
        foreach (Gang side in sides)
            await side.DisposeAsync();
    }
});
return await command.Parse(args).InvokeAsync();

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}

static double Median(IEnumerable<double> numbers)
{
    double[] sorted = [.. numbers.Order()];
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
