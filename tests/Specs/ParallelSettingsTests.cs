namespace Granary.Specs.Tests;

public sealed class ParallelSettingsTests
{
    [Theory]
    [InlineData("wire: octal", "parallel.wire is 'octal'; expected one of fp32, bf16, fp16")]
    [InlineData("wire: bf61", "did you mean 'bf16'?")]
    [InlineData("streams: 0", "parallel.streams is '0'; expected a whole number from 1 to 16")]
    [InlineData("bucket-mb: 0", "parallel.bucket-mb is '0'; expected a number of MiB above 0 and at most 1024")]
    [InlineData("first-bucket-mb: many", "parallel.first-bucket-mb is 'many'")]
    [InlineData("scale-lr: cubic", "parallel.scale-lr is 'cubic'; expected one of none, linear")]
    [InlineData("checksum-every: -1", "parallel.checksum-every is '-1'; expected a whole number from 0 to 1000000")]
    [InlineData("silence: 0.5", "parallel.silence is '0.5'; expected a number of seconds from 1 to 600")]
    [InlineData("sync-batchnorm: true", "did you mean 'sync-batch-norm'?")]
    public void Read_ImpossibleValue_IsRefusedInItsLine(string settings, string message) =>
        Assert.Contains(Read(settings).Problems, problem => problem.Line == 4 && problem.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void Read_LinearScalingOnAVaryingNumberOfDevices_IsRefused() =>
        Assert.Contains(
            Read("scale-lr: linear", devices: "2..4").Problems,
            problem => problem.Line == 4 && problem.Message.Contains("resources.devices is 2..4: the batch stays the same", StringComparison.Ordinal));

    [Fact]
    public void Read_LinearScalingOfAFoundRate_IsRefused() =>
        Assert.Contains(
            Read("scale-lr: linear", rate: "auto").Problems,
            problem => problem.Message.Contains("train.lr is auto: the finder's rate is for the whole batch already", StringComparison.Ordinal));

    [Fact]
    public void Read_Nothing_KeepsTheDefaults() =>
        Assert.Equal(
            new ParallelSpec
            {
                Wire = "fp32",
                Streams = 1,
                BucketMb = 25,
                FirstBucketMb = 1,
                ScaleLr = "none",
                ChecksumEvery = 0,
                Silence = 4,
                Reform = 60,
            },
            Read("").Spec!.Parallel);

    [Fact]
    public void Read_EverySetting_TravelsWithTheRun()
    {
        const string Settings =
            "wire: bf16, streams: 4, bucket-mb: 8, first-bucket-mb: 0.5, sync-batch-norm: true, scale-lr: linear, checksum-every: 100, silence: 10, "
            + "reform: 0";
        SweepSpec spec = Read(Settings).Spec!;

        RunSpec run = RunResolver.Resolve(spec, new Dictionary<string, string> { ["lr"] = "0.1", ["wire"] = "fp16" });

        ParallelSpec expected = new()
        {
            Wire = "fp16",
            Streams = 4,
            BucketMb = 8,
            FirstBucketMb = 0.5,
            SyncBatchNorm = true,
            ScaleLr = "linear",
            ChecksumEvery = 100,
            Silence = 10,
            Reform = 0,
        };
        Assert.Equal(expected, RunSpecJson.Read(RunSpecJson.Write(run)).Parallel);
    }

    private static SweepFileResult Read(string settings, string devices = "2", string rate = "0.1") => SweepFile.Read(
        $$"""
        name: ranks
        model: lenet-relu
        data: { set: fashion-mnist }
        parallel: { {{settings}} }
        train: { lr: {{rate}} }
        search: { space: { momentum: [0, 0.9] } }
        resources: { devices: {{devices}} }
        """,
        "ranks.yaml");
}
