using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Parallel;

/// <summary>
/// Gradients that are averaged together, side by side in one flat tensor. The parameters' gradients are views of it from the start:
/// backward adds to a gradient that is there in place, so on the CPU nothing is copied, neither in nor out.
/// </summary>
internal sealed class GradientBucket : IDisposable
{
    private readonly List<(Tensor Parameter, Tensor Part)> _parts = [];
    private readonly Tensor _flat;
    private readonly TensorMemory _host;

    /// <summary>A bucket of zeros, which become the parameters' gradients.</summary>
    /// <param name="parameters">Float32, on one device.</param>
    public GradientBucket(IReadOnlyList<Tensor> parameters)
    {
        using var untracked = no_grad();
        var length = parameters.Sum(parameter => parameter.NumberOfElements);
        using var scope = NewDisposeScope();
        var host = zeros(length, dtype: ScalarType.Float32);
        var onGpu = parameters[0].device_type == DeviceType.CUDA;
        // On a GPU, gradients are gathered there, and cross to main memory in one piece; the GPU itself reads and writes page-locked memory.
        _host = new TensorMemory((onGpu ? host.pin_memory() : host).DetachFromDisposeScope());
        _flat = onGpu ? zeros(length, device: parameters[0].device).DetachFromDisposeScope() : _host.Tensor;
        long offset = 0;
        foreach (var parameter in parameters)
        {
            using var slice = _flat.narrow(0, offset, parameter.NumberOfElements);
            _parts.Add((parameter, slice.view(parameter.shape).DetachFromDisposeScope()));
            offset += parameter.NumberOfElements;
        }

        Publish();
    }

    /// <summary>The sums; belongs to the collective between <see cref="Fill"/> and <see cref="Publish"/>.</summary>
    public Memory<float> Values => _host.Memory;

    private bool IsOnHost => ReferenceEquals(_flat, _host.Tensor);

    /// <summary>
    /// Makes <see cref="Values"/> the gradients: those that somebody replaced are copied in, and a parameter without one counts as zero.
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

        if (!IsOnHost) _host.Tensor.copy_(_flat);
    }

    /// <summary>Makes the sums the parameters' gradients.</summary>
    public void Publish()
    {
        using var untracked = no_grad();
        if (!IsOnHost) _flat.copy_(_host.Tensor);
        foreach (var (parameter, part) in _parts) parameter.grad = part;
    }

    /// <summary>The parameters have no gradients after this; nothing may be under way with <see cref="Values"/>.</summary>
    public void Dispose()
    {
        foreach (var (parameter, part) in _parts)
        {
            parameter.grad = null;
            part.Dispose();
        }

        if (!IsOnHost) _flat.Dispose();
        ((IDisposable)_host).Dispose();
    }
}
