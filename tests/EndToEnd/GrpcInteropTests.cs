using System.Text.Json;
using Granary.EndToEnd.Tests.Support;
using Grpc.Core;

namespace Granary.EndToEnd.Tests;

/// <summary>A program in another language drives a silo with an independent gRPC implementation, @grpc/grpc-js.</summary>
[Collection("whole machine")]
public sealed class GrpcInteropTests
{
    private const string Tiny = """
        name: tiny
        model: lenet-relu
        data: { set: fashion-mnist, batch: 128, limit: 2560 }
        train: { epochs: 1, momentum: 0.9 }
        search: { space: { lr: [0.05] } }
        """;

    [Fact]
    public async Task NodeClient_SubmitsAndWatchesASweep_AndGetsStatusCodes()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("tiny.yaml", Tiny);
        await using GranaryCommand up = GranaryCommand.Start(folder.Path, "up", "--devices", "cpu:1", "--http", "127.0.0.1:0");
        string silo = await GranaryCommand.RecordAsync(folder.Path, "silo", "grpc");

        string printed = await NodeProgram.RunAsync(
            "sweeps.js", TimeSpan.FromMinutes(4), Path.Combine(Repository.Root, "src", "Protocol"), silo, file);

        JsonElement result = JsonDocument.Parse(printed).RootElement;
        Assert.Equal("tiny-1", result.GetProperty("sweep").GetString());
        Assert.Equal("SWEEP_STATE_SUCCEEDED", result.GetProperty("state").GetString());
        Assert.Equal(["TRIAL_STATE_SUCCEEDED"], result.GetProperty("trials").EnumerateArray().Select(state => state.GetString()));
        Assert.Equal("sweep", result.GetProperty("watched").GetProperty("kinds")[0].GetString());
        Assert.True(result.GetProperty("watched").GetProperty("steps").GetInt32() >= 20, printed);
        Assert.Equal((int)StatusCode.NotFound, result.GetProperty("unknown").GetInt32());
        Assert.Equal((int)StatusCode.InvalidArgument, result.GetProperty("refused").GetInt32());
        Assert.Equal((int)StatusCode.DeadlineExceeded, result.GetProperty("late").GetInt32());
        Assert.Equal((int)StatusCode.DataLoss, result.GetProperty("damaged").GetInt32());
    }
}
