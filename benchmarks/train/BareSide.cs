using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Benchmarks.Train;

/// <summary>The ten lines that a user of TorchSharp would write: no loader, no metrics, no watch, on the same libtorch and in the plain order.</summary>
internal sealed class BareSide : ISide
{
    private readonly TrainCase _case;
    private readonly int _threads;
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly optim.Optimizer _optimizer;
    private readonly Tensor _pictures;
    private readonly Tensor _labels;
    private Tensor _order;
    private int _next;

    /// <summary>A loop that waits for its first window.</summary>
    /// <param name="case">The network and its pictures.</param>
    /// <param name="setup">How it is trained.</param>
    public BareSide(TrainCase @case, Setup setup)
    {
        (_case, _threads) = (@case, setup.Threads);
        manual_seed(1);
        _network = BareNetworks.Create(@case.Name);
        _network.train();
        _optimizer = optim.SGD(_network.parameters(), 0.01, momentum: 0.9);
        _pictures = randint(0, 256, [@case.Pictures, @case.Channels, @case.Size, @case.Size], ScalarType.Byte);
        _labels = randint(0, 10, @case.Pictures, ScalarType.Int64);
        _order = randperm(@case.Pictures);
    }

    /// <inheritdoc/>
    public string Name => "bare TorchSharp";

    /// <inheritdoc/>
    public Window Run(double seconds)
    {
        set_num_threads(_threads);
        long start = Stopwatch.GetTimestamp();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long examples = 0;
        for (; Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; examples += _case.Batch)
            Step();
        return new Window(examples, Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _order.Dispose();
        _labels.Dispose();
        _pictures.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Step()
    {
        if (_next + _case.Batch > _case.Pictures)
        {
            _order.Dispose();
            (_order, _next) = (randperm(_case.Pictures), 0);
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor batch = _order.narrow(0, _next, _case.Batch);
        _next += _case.Batch;
        Tensor pictures = _pictures.index_select(0, batch).to(ScalarType.Float32).div_(255);
        _optimizer.zero_grad();
        Tensor loss = nn.functional.cross_entropy(_network.call(pictures), _labels.index_select(0, batch));
        loss.backward();
        _optimizer.step();
    }
}
