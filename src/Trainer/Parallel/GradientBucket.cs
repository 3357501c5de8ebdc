using Granary.Trainer.Collectives;
using Granary.Trainer.Gpu;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Parallel;

/// <summary>
/// Gradients that are averaged together, side by side in one flat tensor. What backward made is copied in when the bucket leaves, unless it
/// lies there already; the sums are not copied out: the parameters' gradients become views of the tensor.
/// </summary>
internal sealed class GradientBucket : IDisposable
{
    private readonly List<(Tensor Parameter, Tensor Part)> _parts = [];
    private readonly Tensor _flat;
    private readonly TensorMemory? _host;
    private readonly GpuValues? _device;

    /// <summary>A bucket of zeros, which become the parameters' gradients.</summary>
    /// <param name="parameters">Float32, on one device.</param>
    /// <param name="lane">How the device's numbers reach the other ranks while it computes; null: through main memory, waiting for it.</param>
    public GradientBucket(IReadOnlyList<Tensor> parameters, GpuLane? lane = null)
    {
        using var untracked = no_grad();
        var length = parameters.Sum(parameter => parameter.NumberOfElements);
        using var scope = NewDisposeScope();
        var device = parameters[0].device;
        _flat = zeros(length, dtype: ScalarType.Float32, device: device).DetachFromDisposeScope();
        if (lane is null)
        {
            _host = new TensorMemory(device.type == DeviceType.CUDA ? Passage(device, length) : _flat);
        }
        else
        {
            using var storage = _flat.storage<float>();
            TensorMemory? host = null;
            _device = lane.Values(storage.data_ptr(), length, () => (host = new TensorMemory(Passage(device, length))).Memory);
            _host = host;
        }

        long offset = 0;
        foreach (var parameter in parameters)
        {
            using var slice = _flat.narrow(0, offset, parameter.NumberOfElements);
            _parts.Add((parameter, slice.view(parameter.shape).DetachFromDisposeScope()));
            offset += parameter.NumberOfElements;
        }

        foreach (var (parameter, part) in _parts) parameter.grad = part;
    }

    /// <summary>The gradients in main memory, and from <see cref="Fill"/> to <see cref="Publish"/> their sums; empty where none pass through it.</summary>
    public Memory<float> Values => _host?.Memory ?? default;

    /// <summary>Bytes of the gradients.</summary>
    public long Bytes => _flat.NumberOfElements * sizeof(float);

    private bool IsOnHost => ReferenceEquals(_flat, _host?.Tensor);

    /// <summary>
    /// Gathers the gradients: those that somebody replaced are copied in, and a parameter without one counts as zero.
    /// </summary>
    public void Fill()
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (parameter, part) in _parts)
        {
            // A gradient that is this view is a copy onto itself, which libtorch leaves out.
            if (parameter.grad is { } gradient) part.copy_(gradient);
            else part.zero_();
        }

        if (_device is not null) _device.Send();
        else if (!IsOnHost) _host!.Tensor.copy_(_flat);
    }

    /// <summary>Sums what was gathered over the ranks; it belongs to the collective until <see cref="Publish"/>.</summary>
    /// <param name="ring">The ranks.</param>
    /// <param name="patience">How long to wait for a silent but living rank.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task SumAsync(ICollective ring, TimeSpan patience, CancellationToken cancellationToken) => _device is null
        ? ring.AllReduceAsync(_host!.Memory, ReduceKind.Sum, patience, cancellationToken)
        : ring.AllReduceAsync(_device, patience, cancellationToken);

    /// <summary>Makes the sums the parameters' gradients.</summary>
    public void Publish()
    {
        using var untracked = no_grad();
        if (_device is not null) _device.Receive();
        else if (!IsOnHost) _flat.copy_(_host!.Tensor);
        foreach (var (parameter, part) in _parts) parameter.grad = part;
    }

    /// <summary>The parameters have no gradients after this; no sum may be under way.</summary>
    public void Dispose()
    {
        _device?.Dispose();
        foreach (var (parameter, part) in _parts)
        {
            parameter.grad = null;
            part.Dispose();
        }

        if (!IsOnHost) _flat.Dispose();
        ((IDisposable?)_host)?.Dispose();
    }

    // On a GPU, gradients are gathered there, and cross to main memory in one piece; the GPU itself reads and writes page-locked memory.
    private static Tensor Passage(Device device, long length)
    {
        using var scope = NewDisposeScope();
        var plain = zeros(length, dtype: ScalarType.Float32);
        return (device.type == DeviceType.CUDA ? plain.pin_memory() : plain).DetachFromDisposeScope();
    }
}
