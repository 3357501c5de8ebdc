using System.Text;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Tests.Checkpoints.PyTorch;

namespace Granary.Trainer.Tests.Checkpoints;

public sealed class WeightFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("weights");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_PyTorchFile_IsKnownByItsContent()
    {
        File.Copy(Fixtures.At("checkpoint-2.pth"), Path);

        Assert.Equal([0f, 1, 2, 3], WeightFile.Read(Path)["0.weight"].Values<float>());
    }

    [Theory]
    [InlineData(nameof(WeightSet.Everything), "bias ema.weight optimizer.momentum.weight weight", 1f)]
    [InlineData(nameof(WeightSet.Trained), "bias weight", 1f)]
    [InlineData(nameof(WeightSet.Averaged), "bias weight", 2f)]
    [InlineData(nameof(WeightSet.Preferred), "bias weight", 2f)]
    public void Read_CheckpointWithAverages_GivesTheWantedTensors(string wanted, string names, float weight)
    {
        WriteSafetensors(("weight", 1), ("bias", 3), ("ema.weight", 2), ("optimizer.momentum.weight", 4));

        IReadOnlyDictionary<string, TensorData> read = WeightFile.Read(Path, Enum.Parse<WeightSet>(wanted));

        Assert.Equal(names, string.Join(' ', read.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal([weight], read["weight"].Values<float>());
    }

    [Fact]
    public void Read_AveragesThatAreNotThere_AreAnErrorOnlyWhenDemanded()
    {
        WriteSafetensors(("weight", 1));

        Assert.Equal([1f], WeightFile.Read(Path, WeightSet.Preferred)["weight"].Values<float>());
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => WeightFile.Read(Path, WeightSet.Averaged));
        Assert.Contains("has no moving averages of the weights", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileWithoutANetwork_IsRefused()
    {
        WriteSafetensors(("optimizer.momentum.weight", 1));

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => WeightFile.Read(Path));

        Assert.Contains("has no tensors of a network", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PyTorchFileOfBefore16_SaysHowToConvertIt()
    {
        File.Copy(Fixtures.At("before-1.6.pth"), Path);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => WeightFile.Read(Path));

        Assert.Contains("torch.save(torch.load(FILE), FILE)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("Not weights at all.")]
    public void Read_SomethingElse_SaysWhatWasExpected(string content)
    {
        File.WriteAllText(Path, content, Encoding.ASCII);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => WeightFile.Read(Path));

        Assert.Contains("not a file of weights; expected safetensors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Cancelled_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => WeightFile.Read(Fixtures.At("tensors.pth"), cancellation: cancelled.Token));
    }

    private void WriteSafetensors(params (string Name, float Value)[] tensors)
    {
        using FileStream stream = File.Create(Path);
        SafetensorsWriter.Write(stream, new SafetensorsFile(
            new Dictionary<string, string>(),
            tensors.ToDictionary(tensor => tensor.Name, tensor => new TensorData("F32", [1], BitConverter.GetBytes(tensor.Value)))));
    }
}
