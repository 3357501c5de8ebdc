using TorchSharp.Native;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What batch normalizations have in common: scale and shift, and the running statistics.</summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private Parameter? _weight;

    [ComponentName(Name = "bias")]
    private Parameter? _bias;

    [ComponentName(Name = "running_mean")]
    private readonly Tensor? _runningMean;

    [ComponentName(Name = "running_var")]
    private readonly Tensor? _runningVar;

    [ComponentName(Name = "num_batches_tracked")]
    private readonly Tensor? _batches;

    internal NormBase(string name, NormOptions options)
        : base(name)
    {
        (num_features, eps, momentum, affine, track_running_stats) =
            (options.Features, options.Eps, options.Momentum, options.Affine, options.TrackRunningStats);
        long[] size = [num_features];
        if (affine)
        {
            _weight = (Parameter)nn.Parameter(ones(size, options.Type, options.Device)).DetachFromDisposeScope();
            _bias = (Parameter)nn.Parameter(zeros(size, options.Type, options.Device)).DetachFromDisposeScope();
        }

        if (track_running_stats)
        {
            _runningMean = zeros(size, options.Type, options.Device).DetachFromDisposeScope();
            _runningVar = ones(size, options.Type, options.Device).DetachFromDisposeScope();
            _batches = zeros([], ScalarType.Int64, options.Device).DetachFromDisposeScope();
        }

        RegisterComponents();
    }

    /// <summary>The scale, (C); null without <see cref="affine"/>.</summary>
    public Parameter weight
    {
        get => _weight!;
        set => Replace("weight", _weight = (Parameter)value.DetachFromDisposeScope());
    }

    /// <summary>The shift, (C); null without <see cref="affine"/>.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => Replace("bias", _bias = (Parameter?)value?.DetachFromDisposeScope());
    }

    /// <summary>The running mean, (C), or null.</summary>
    public Tensor? running_mean => _runningMean;

    /// <summary>The running variance, (C), or null.</summary>
    public Tensor? running_var => _runningVar;

    /// <summary>The number of batches seen in training, or null.</summary>
    public Tensor? num_batches_tracked => _batches;

    /// <summary>The number of channels.</summary>
    public long num_features { get; private set; }

    /// <summary>Added to the variance.</summary>
    public double eps { get; set; }

    /// <summary>How far the running statistics move at each batch; null: their mean over all batches.</summary>
    public double? momentum { get; set; }

    /// <summary>Whether there are a scale and a shift.</summary>
    public bool affine { get; private set; }

    /// <summary>Whether there are running statistics.</summary>
    public bool track_running_stats { get; private set; }

    /// <summary>Sets the running statistics to mean 0 and variance 1.</summary>
    public void reset_running_stats()
    {
        _runningMean?.zero_();
        _runningVar?.fill_(1);
        _batches?.zero_();
    }

    /// <summary>Sets the running statistics, the scale to 1 and the shift to 0.</summary>
    public void reset_parameters()
    {
        reset_running_stats();
        using IDisposable guard = no_grad();
        _weight?.fill_(1);
        _bias?.zero_();
    }

    /// <summary>Refuses an input with a wrong number of axes.</summary>
    protected abstract void ValidateInputDimensions(Tensor input);

    private protected Tensor Normalize(Tensor input)
    {
        ValidateInputDimensions(input);
        bool batchStatistics = training || _runningMean is null;
        double factor = momentum ?? 0;
        if (momentum is null && training && _batches is not null) factor = 1.0 / (_batches.item<long>() + 1);
        return NativeMethods.Result(
            NativeMethods.gt_batch_norm(
                input, _runningMean, _runningVar, _weight, _bias, _batches, batchStatistics, factor, eps, out Tensor result),
            result);
    }
}
