using System.CommandLine;
using System.Globalization;
using Granary.Benchmarks.AllReduce;

if (args is ["rank", var side, var rank, var world])
{
    await Rank.RunAsync(side, int.Parse(rank, CultureInfo.InvariantCulture), int.Parse(world, CultureInfo.InvariantCulture));
    return 0;
}

var ranks = new Option<int[]>("--ranks")
{
    Description = "Processes.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [2, 4],
};
var sizes = new Option<int[]>("--bytes")
{
    Description = "Sizes of the tensor.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [1 << 10, 1 << 20, 25 << 20, 45 << 20],
};
var sides = new Option<string[]>("--sides")
{
    Description = $"Which sides take part: {string.Join(", ", Side.All.Select(side => side.Name))}.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [.. Side.All.Select(side => side.Name)],
};
var windows = new Option<int>("--windows") { Description = "Windows of each side.", DefaultValueFactory = _ => 7 };
var warm = new Option<int>("--warm") { Description = "Windows of each side that are thrown away.", DefaultValueFactory = _ => 3 };
var python = new Option<string>("--python")
{
    Description = "The interpreter that has torch.",
    DefaultValueFactory = _ => "/usr/bin/python3",
};

var command = new RootCommand("All-reduce beside Gloo, window by window.") { ranks, sizes, sides, windows, warm, python };
command.SetAction(async (result, cancellationToken) =>
{
    Console.WriteLine("| ranks | bytes | side | ms | MB/s | times Gloo's speed | CPU ms | times Gloo's CPU | load |");
    Console.WriteLine("|---:|---:|---|---:|---:|---:|---:|---:|---:|");
    Side[] chosen = [.. Side.All.Where(side => result.GetValue(sides)!.Contains(side.Name))];
    foreach (int count in result.GetValue(ranks)!)
    {
        var gangs = new Dictionary<Side, Gang>();
        foreach (Side one in chosen)
            gangs[one] = await one.StartAsync(count, result.GetValue(python)!);
        await CompileAsync(gangs.Values, cancellationToken);
        foreach (int size in result.GetValue(sizes)!)
        {
            // As often as the peer's own measurement does it.
            int repeats = Math.Clamp((1 << 29) / size, 3, size > 4096 ? 50 : 500);
            for (int window = 0; window < result.GetValue(warm); window++)
            {
                foreach (Side one in chosen)
                    await gangs[one].RunAsync(size, repeats);
            }

            var costs = chosen.ToDictionary(one => one, _ => new List<Cost>());
            for (int window = 0; window < result.GetValue(windows); window++)
            {
                foreach (Side one in chosen)
                    costs[one].Add(await gangs[one].RunAsync(size, repeats));
            }

            string load = (await File.ReadAllTextAsync("/proc/loadavg", cancellationToken)).Split(' ')[0];
            Cost? peer = costs.TryGetValue(Side.Gloo, out List<Cost>? all) ? Cost.Median(all) : null;
            foreach (Side one in chosen)
                Console.WriteLine(Row(count, size, one.Name, Cost.Median(costs[one]), peer, load));
        }

        foreach (Gang gang in gangs.Values)
            gang.Dispose();
    }
});
return await command.Parse(args).InvokeAsync();

// The runtime compiles what runs often a second time, in the background: with four ranks on two cores that went on for ten seconds of
// large tensors, and took up to 40 % of their processor time.
static async Task CompileAsync(IEnumerable<Gang> gangs, CancellationToken cancellationToken)
{
    for (int round = 0; round < 3; round++)
    {
        foreach (Gang gang in gangs)
            await gang.RunAsync(1 << 20, 200);
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
    }
}

static string Row(int ranks, int size, string side, Cost cost, Cost? peer, string load) => string.Create(
    CultureInfo.InvariantCulture,
    $"| {ranks} | {size:#,0} | {side} | {cost.Seconds * 1e3:#,0.000} | {size / cost.Seconds / 1e6:#,0} | {peer?.Seconds / cost.Seconds:0.00} "
    + $"| {cost.CpuSeconds * 1e3:#,0.000} | {cost.CpuSeconds / peer?.CpuSeconds:0.00} | {load} |");
