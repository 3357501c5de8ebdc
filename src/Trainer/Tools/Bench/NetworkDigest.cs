using System.IO.Hashing;
using Granary.Specs;
using Granary.Trainer.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Tools.Bench;

/// <summary>
/// Fingerprints of everything that a network computes on drawn pictures: logits and all gradients of two steps of training, then logits in
/// evaluation. Equal digests mean equal bits.
/// </summary>
internal sealed class NetworkDigest : IDisposable
{
    private const int Steps = 2;
    private const long Seed = 1;

    // Pictures of 64x64 where the network takes them: what is computed is the same as on larger ones, in less time.
    private const int UsualSize = 64;

    private readonly ModelEntry _entry;
    private readonly Network _network;
    private readonly int _size;

    /// <summary>Builds a network on the CPU.</summary>
    /// <param name="entry">The network.</param>
    public NetworkDigest(ModelEntry entry)
    {
        _entry = entry;
        _size = entry.FixedSize ? entry.Size : Math.Max(entry.MinSize, Math.Min(entry.Size, UsualSize));
        manual_seed(Seed);
        _network = ModelFactory.Create(entry.Name, new ModelShape(entry.Channels, entry.Classes, _size));
    }

    /// <summary>Computes, in the memory order that a run would use.</summary>
    /// <param name="precision"><c>fp32</c> or <c>bf16</c>.</param>
    /// <param name="batch">Pictures of a batch, at least 1.</param>
    /// <returns>The line to print: what was computed, and 32 hexadecimal digits.</returns>
    public string Compute(string precision, int batch)
    {
        manual_seed(Seed);
        _network.Use(ComputeFormat.Of(new TrainSpec { Precision = precision }, ModelFactory.Find(_entry.Name), cuda: false));
        foreach (NormBase norm in _network.modules().OfType<NormBase>())
            norm.reset_running_stats();
        var hash = new XxHash128();

        // A batch normalisation after a linear layer has one value to a channel then, and no variance.
        bool trains = batch > 1 || !_network.modules().OfType<BatchNorm1d>().Any();
        for (int step = 0; step < Steps && trains; step++)
            Train(batch, hash);
        Evaluate(batch, hash);
        string remark = trains ? "" : " (evaluation only)";
        return $"{_entry.Name} {_entry.Channels}x{_size}x{_size} {precision} batch {batch}: {Convert.ToHexString(hash.GetCurrentHash())}{remark}";
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private void Train(int batch, XxHash128 hash)
    {
        using DisposeScope scope = NewDisposeScope();
        _network.train();
        _network.zero_grad();
        Tensor logits = _network.call(Pictures(batch));
        nn.functional.cross_entropy(logits, randint(0, _entry.Classes, batch)).backward();
        Add(hash, logits);
        foreach (Parameter parameter in _network.parameters())
            Add(hash, parameter.grad!);
    }

    private void Evaluate(int batch, XxHash128 hash)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        _network.eval();
        Add(hash, _network.call(Pictures(batch)));
    }

    private Tensor Pictures(int batch) => rand(batch, _entry.Channels, _size, _size);

    private static void Add(XxHash128 hash, Tensor values) => hash.Append(values.detach().contiguous().bytes);
}
