using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

namespace Granary.Silo.Tests.Rpc;

/// <summary>What rank 0 of a trial tells the silo, without training anything.</summary>
internal sealed class Worker(SiloFixture silo, V1.StartRank start)
{
    public V1.RankId Id => start.Id;

    public async Task<V1.JoinReply> JoinAsync(string endpoint, TimeSpan deadline, int ring = 0) =>
        await silo.Telemetry.JoinAsync(
            new V1.JoinRequest { Id = Id, Endpoint = endpoint, Ring = ring, Lost = ring > 0 ? "a wire was cut" : "" },
            deadline: TimeProvider.System.GetUtcNow().UtcDateTime + deadline);

    public async Task<V1.MetricSummary> MeasureAsync(int from, int count)
    {
        var batch = new V1.MetricBatch { Id = Id };
        batch.Steps.Add(Enumerable.Range(from, count).Select(step => new V1.StepMetrics
        {
            Step = step,
            Epoch = step / 10.0,
            Values = { ["train-loss"] = 1.0 / step },
            Layers = { new V1.LayerStatistics { Layer = "conv1", Mean = 0.5, StandardDeviation = 1, NearZero = 0.1 } },
        }));
        using var call = silo.Telemetry.Stream();
        await call.RequestStream.WriteAsync(batch);
        await call.RequestStream.CompleteAsync();
        return await call;
    }

    public async Task<V1.EpochDirective> ReportAsync(int epoch, double accuracy, bool last)
    {
        var checkpoint = new V1.Checkpoint
        {
            Weights = await UploadAsync($"weights {Id.Trial} {epoch}"),
            Manifest = await UploadAsync($"manifest {Id.Trial} {epoch}"),
            Bytes = 20,
            Epoch = epoch,
            Step = epoch * 10,
        };
        return await silo.Telemetry.ReportEpochAsync(new V1.EpochReport
        {
            Id = Id,
            Epoch = epoch,
            Step = epoch * 10,
            Checkpoint = checkpoint,
            Last = last,
            Metrics = { ["valid-accuracy"] = accuracy, ["train-loss"] = 1.0 / epoch },
        });
    }

    private async Task<string> UploadAsync(string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        using var call = silo.Artifacts.Upload();
        await call.RequestStream.WriteAsync(new V1.UploadPart { Header = new V1.UploadHeader { Hash = hash, Bytes = content.Length } });
        await call.RequestStream.WriteAsync(new V1.UploadPart { Chunk = ByteString.CopyFrom(content) });
        await call.RequestStream.CompleteAsync();
        Assert.True((await call).Complete);
        return hash;
    }
}
