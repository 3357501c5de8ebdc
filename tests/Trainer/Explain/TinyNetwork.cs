using Granary.Trainer.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Explain;

/// <summary>
/// Two convolutions and a linear layer with weights by a formula, so that PyTorch's numbers for the same network can be written down:
/// parameter j's element i is sin(0.7 i + j + 1) / 2, the picture's element i is (7 i mod 50) / 50.
/// </summary>
internal sealed class TinyNetwork : IDisposable
{
    public TinyNetwork()
    {
        Network = new StageBuilder(new ModelShape(Channels: 1, Classes: 3, Size: 12))
            .Conv("conv1", 2, kernel: 3, padding: 1).Relu("relu1").MaxPool("pool1", 2, stride: 2)
            .Conv("conv2", 3, kernel: 3).Relu("relu2").MaxPool("pool2", 2, stride: 2)
            .Flatten("flatten").Logits("fc").Build("tiny");
        using (no_grad())
        {
            foreach ((int j, Parameter parameter) in Network.parameters().Index())
            {
                using Tensor values = tensor(Numbers((int)parameter.numel(), i => Math.Sin((0.7 * i) + j + 1) * 0.5));
                parameter.copy_(values.reshape(parameter.shape));
            }
        }

        Network.eval();
        Input = tensor(Numbers(144, i => 7 * i % 50 / 50.0)).reshape(1, 1, 12, 12);
    }

    public Network Network { get; }

    public Tensor Input { get; }

    public void Dispose()
    {
        Input.Dispose();
        Network.Dispose();
    }

    private static float[] Numbers(int count, Func<int, double> formula) => [.. Enumerable.Range(0, count).Select(i => (float)formula(i))];
}
