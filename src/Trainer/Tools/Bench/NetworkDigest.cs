using System.Security.Cryptography;
using Granary.Specs;
using Granary.Trainer.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Tools.Bench;

/// <summary>
/// A fingerprint of everything that a network computes on drawn pictures: logits and all gradients of two training steps, then logits in
/// evaluation. Equal digests mean equal bits.
/// </summary>
/// <param name="Entry">The network.</param>
/// <param name="Precision"><c>fp32</c> or <c>bf16</c>.</param>
/// <param name="Batch">Pictures of a batch, at least 1.</param>
internal sealed record NetworkDigest(ModelEntry Entry, string Precision, int Batch)
{
    private const int Steps = 2;
    private const long Seed = 1;

    // Pictures of 64x64 where the network takes them: what is computed is the same as on larger ones, in less time.
    private const int UsualSize = 64;

    private int Size => Entry.FixedSize ? Entry.Size : Math.Max(Entry.MinSize, Math.Min(Entry.Size, UsualSize));

    /// <summary>Computes it on the CPU, in the format that a run would use.</summary>
    /// <returns>The line to print: what was computed, and 32 hexadecimal digits.</returns>
    public string Compute()
    {
        manual_seed(Seed);
        using Network network = ModelFactory.Create(Entry.Name, new ModelShape(Entry.Channels, Entry.Classes, Size));
        network.Use(ComputeFormat.Of(new TrainSpec { Precision = Precision }, ModelFactory.Find(Entry.Name), cuda: false));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // A batch normalisation after a linear layer has one value to a channel then, and no variance.
        bool trains = Batch > 1 || !network.modules().OfType<BatchNorm1d>().Any();
        for (int step = 0; step < Steps && trains; step++)
            Train(network, hash);
        Evaluate(network, hash);
        string digest = Convert.ToHexString(hash.GetHashAndReset())[..32];
        return $"{Entry.Name} {Entry.Channels}x{Size}x{Size} {Precision} batch {Batch}: {digest}{(trains ? "" : " (evaluation only)")}";
    }

    private void Train(Network network, IncrementalHash hash)
    {
        using DisposeScope scope = NewDisposeScope();
        network.train();
        network.zero_grad();
        Tensor logits = network.call(Pictures());
        nn.functional.cross_entropy(logits, randint(0, Entry.Classes, Batch)).backward();
        Add(hash, logits);
        using IDisposable grad = no_grad();
        foreach (Parameter parameter in network.parameters())
        {
            Add(hash, parameter.grad!);
            parameter.sub_(parameter.grad! * 0.01);
        }
    }

    private void Evaluate(Network network, IncrementalHash hash)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        network.eval();
        Add(hash, network.call(Pictures()));
    }

    private Tensor Pictures() => rand(Batch, Entry.Channels, Size, Size);

    private static void Add(IncrementalHash hash, Tensor values) => hash.AppendData(values.detach().contiguous().bytes);
}
