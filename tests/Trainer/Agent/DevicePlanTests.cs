using Granary.Trainer.Agent;

namespace Granary.Trainer.Tests.Agent;

public sealed class DevicePlanTests
{
    private static readonly NodeHardware Workstation = Node(gpus: 0, cores: 4);
    private static readonly NodeHardware GpuBox = Node(gpus: 2, cores: 8);

    [Fact]
    public void Make_AutoWithoutGpu_OffersOneSlotPerCoreUpToEight()
    {
        Assert.Equal(["cpu:0", "cpu:1", "cpu:2", "cpu:3"], Ids("auto", Workstation));
        var slots = DevicePlan.Make("auto", Node(gpus: 0, cores: 20));
        Assert.Equal(8, slots.Count);
        Assert.Equal(Enumerable.Range(0, 20), slots.SelectMany(slot => slot.Cores));
    }

    [Fact]
    public void Make_AutoWithGpus_OffersThem()
    {
        var slots = DevicePlan.Make("auto", GpuBox);

        Assert.Equal(["cuda:0", "cuda:1"], slots.Select(slot => slot.Id));
        Assert.All(slots, slot => Assert.Equal(("NVIDIA H200", 4, 0), (slot.Name, slot.Threads, slot.Cores.Count)));
    }

    [Fact]
    public void Make_Cpu_SplitsTheCores()
    {
        var slots = DevicePlan.Make("cpu:2", Workstation);

        Assert.Equal(["0-1", "2-3"], slots.Select(slot => CoreList.Format(slot.Cores)));
        Assert.All(slots, slot => Assert.Equal((2, "2 cores of Test CPU", 32L << 30), (slot.Threads, slot.Name, slot.MemoryBytes)));
    }

    [Fact]
    public void Make_MoreSlotsThanCores_SharesThem()
    {
        var slots = DevicePlan.Make("cpu:3", Node(gpus: 0, cores: 2));

        Assert.Equal(["0", "1", "0"], slots.Select(slot => CoreList.Format(slot.Cores)));
    }

    [Fact]
    public void Make_HyperThreads_StayWithTheirCore()
    {
        var hardware = new NodeHardware([], [[0, 2], [1, 3]], "Test CPU", 1 << 30);

        var slots = DevicePlan.Make("cpu:2", hardware);

        Assert.Equal(["0,2", "1,3"], slots.Select(slot => CoreList.Format(slot.Cores)));
        Assert.All(slots, slot => Assert.Equal(1, slot.Threads));
    }

    [Fact]
    public void Make_NamedGpus_OffersThoseOnly() => Assert.Equal(["cuda:1"], Ids("cuda:1", GpuBox));

    [Theory]
    [InlineData("gpu")]
    [InlineData("cpu:0")]
    [InlineData("cpu:x")]
    [InlineData("cuda:all")]
    [InlineData("cuda:0")]
    [InlineData("")]
    public void Make_Impossible_SaysWhatIsExpected(string request)
    {
        var error = Assert.Throws<FormatException>(() => DevicePlan.Make(request, Workstation));
        Assert.StartsWith("--devices", error.Message, StringComparison.Ordinal);
    }

    // The format of nvidia-smi --query-gpu=index,name,memory.total --format=csv,noheader,nounits
    [Fact]
    public void ParseSmi_Devices_GivesIndexNameAndBytes()
    {
        var gpus = NodeProbe.ParseSmi("0, NVIDIA H200, 143771\n1, Tesla T4, [N/A]\nNo devices were found\n");

        Assert.Equal([new GpuDevice(0, "NVIDIA H200", 143_771L << 20), new GpuDevice(1, "Tesla T4", 0)], gpus);
    }

    private static IEnumerable<string> Ids(string request, NodeHardware hardware) =>
        DevicePlan.Make(request, hardware).Select(slot => slot.Id);

    private static NodeHardware Node(int gpus, int cores) => new(
        [.. Enumerable.Range(0, gpus).Select(index => new GpuDevice(index, "NVIDIA H200", 141L << 30))],
        [.. Enumerable.Range(0, cores).Select(core => (IReadOnlyList<int>)[core])], "Test CPU", 64L << 30);
}
