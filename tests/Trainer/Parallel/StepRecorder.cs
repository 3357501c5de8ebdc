using System.Security.Cryptography;
using Granary.Trainer.Learning;
using Granary.Trainer.Parallel;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Parallel;

/// <summary>Gives a run its first parameters, and keeps the loss and a hash of all parameters after each step.</summary>
internal sealed class StepRecorder(byte[]? initial) : Callback
{
    private readonly List<(double Loss, string Parameters)> _steps = [];
    private readonly List<string> _buffers = [];

    // Before the callback that makes the ranks agree.
    public override int Order => 20;

    public byte[] Initial { get; private set; } = [];

    public IReadOnlyList<(double Loss, string Parameters)> Steps => _steps;

    public IReadOnlyList<string> Buffers => _buffers;

    public override void BeforeFit(Learner learner)
    {
        var parameters = learner.Model.parameters().ToArray();
        if (initial is not null) Write(parameters, initial);
        Initial = Read(parameters);
    }

    public override void AfterStep(Learner learner) =>
        _steps.Add((learner.Totals.Loss / learner.Totals.Examples, Hash(learner.Model.parameters())));

    public override void AfterEpoch(Learner learner) => _buffers.Add(Hash(learner.Model.buffers()));

    private static string Hash(IEnumerable<Tensor> tensors) => Convert.ToHexString(SHA256.HashData(Read([.. tensors])));

    private static byte[] Read(Tensor[] tensors)
    {
        var bytes = new byte[tensors.Sum(TensorBytes.Count)];
        var offset = 0;
        foreach (var tensor in tensors)
        {
            TensorBytes.Read(tensor, bytes.AsSpan(offset, TensorBytes.Count(tensor)));
            offset += TensorBytes.Count(tensor);
        }

        return bytes;
    }

    private static void Write(Tensor[] tensors, byte[] bytes)
    {
        var offset = 0;
        foreach (var tensor in tensors)
        {
            TensorBytes.Write(tensor, bytes.AsSpan(offset, TensorBytes.Count(tensor)));
            offset += TensorBytes.Count(tensor);
        }
    }
}
