using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Parallel;

/// <summary>
/// Gradients that are averaged together, side by side in one flat tensor. Backward makes new gradients at every step; they are copied in
/// once, and after the sum the parameters' gradients are views of the flat tensor, so nothing is copied out.
/// </summary>
internal sealed class GradientBucket : IDisposable
{
    private readonly List<(Tensor Parameter, Tensor Part)> _parts = [];
    private readonly Tensor _flat;
    private readonly TensorMemory _host;

    /// <summary>A bucket of zeros.</summary>
    /// <param name="parameters">Float32, on one device.</param>
    public GradientBucket(IReadOnlyList<Tensor> parameters)
    {
        using var untracked = no_grad();
        var length = parameters.Sum(parameter => parameter.NumberOfElements);
        _host = new TensorMemory(zeros(length, dtype: ScalarType.Float32).DetachFromDisposeScope());
        // On a GPU, gradients are gathered there, and cross to main memory in one piece.
        _flat = parameters[0].device_type == DeviceType.CPU ? _host.Tensor : zeros(length, device: parameters[0].device).DetachFromDisposeScope();
        long offset = 0;
        foreach (var parameter in parameters)
        {
            using var slice = _flat.narrow(0, offset, parameter.NumberOfElements);
            _parts.Add((parameter, slice.view(parameter.shape).DetachFromDisposeScope()));
            offset += parameter.NumberOfElements;
        }
    }

    /// <summary>The sums; belongs to the collective between <see cref="Fill"/> and <see cref="Publish"/>.</summary>
    public Memory<float> Values => _host.Memory;

    private bool IsOnHost => ReferenceEquals(_flat, _host.Tensor);

    /// <summary>Copies the gradients in; a parameter without one counts as zero.</summary>
    public void Fill()
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (parameter, part) in _parts)
        {
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

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, part) in _parts) part.Dispose();
        if (!IsOnHost) _flat.Dispose();
        ((IDisposable)_host).Dispose();
    }
}
