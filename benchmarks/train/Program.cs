using System.CommandLine;
using Granary.Benchmarks.Train;
using Granary.Trainer.Link;

// As the trainer does.
NativeMemory.Keep();
var only = new Option<string[]>("--only") { Description = "Cases whose names begin so; default: all.", AllowMultipleArgumentsPerToken = true };
var threads = new Option<int>("--threads") { Description = "Threads of libtorch.", DefaultValueFactory = _ => 1 };
var windows = new Option<int>("--windows") { Description = "Windows of each side.", DefaultValueFactory = _ => 7 };
var seconds = new Option<double>("--seconds") { Description = "Least length of a window.", DefaultValueFactory = _ => 1.5 };
var sides = new Option<string[]>("--sides")
{
    Description = "Which sides take part: granary, bare, watch, pytorch.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => ["granary", "bare", "watch", "pytorch"],
};
var watch = new Option<int>("--watch-every") { Description = "Steps between two samples of the side that watches.", DefaultValueFactory = _ => 50 };
var python = new Option<string>("--python") { Description = "The interpreter that has torch.", DefaultValueFactory = _ => "/usr/bin/python3" };

var command = new RootCommand("Training steps per second, beside a bare TorchSharp loop and beside PyTorch.") { only, threads, windows, seconds, sides, watch, python };
command.SetAction(async (result, cancellationToken) =>
{
    var setup = new Setup(result.GetValue(threads));
    foreach (TrainCase @case in TrainCase.All)
    {
        if (result.GetValue(only) is { Length: > 0 } names && !names.Any(@case.Name.StartsWith))
            continue;
        string[] wanted = result.GetValue(sides)!;
        var all = new List<ISide>();
        if (wanted.Contains("granary"))
            all.Add(new GranarySide(@case, setup, 0));
        if (wanted.Contains("bare"))
            all.Add(new BareSide(@case, setup));
        if (wanted.Contains("watch"))
            all.Add(new GranarySide(@case, setup, result.GetValue(watch)));
        if (wanted.Contains("pytorch"))
            all.Add(new PeerSide(@case, setup, result.GetValue(python)!));
        foreach (ISide side in all)
            side.Run(result.GetValue(seconds));
        var runs = all.ToDictionary(side => side, _ => new List<Window>());
        for (int w = 0; w < result.GetValue(windows); w++)
        {
            foreach (ISide side in all)
                runs[side].Add(side.Run(result.GetValue(seconds)));
        }

        foreach (ISide side in all)
        {
            double rate = Median(runs[side].Select(window => window.PerSecond));
            double cpu = Median(runs[side].Select(window => window.PerCpuSecond));
            Console.WriteLine($"{@case.Name,-16} {side.Name,-28} {rate,10:f1} ex/s {cpu,10:f1} ex/CPU-s");
            if (side.Remark is { } remark)
                Console.WriteLine($"{"",-16} {remark}");
            await side.DisposeAsync();
        }
    }
});
return await command.Parse(args).InvokeAsync();

static double Median(IEnumerable<double> numbers)
{
    double[] sorted = [.. numbers.Order()];
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
