using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Granary.Benchmarks.Train;

/// <summary>PyTorch in a process of its own, which runs <c>peer.py</c> and answers each line with a window.</summary>
internal sealed class PeerSide : ISide
{
    private readonly Process _process;

    /// <summary>A process that waits for its first window.</summary>
    /// <param name="case">The network and its pictures.</param>
    /// <param name="setup">How it is trained.</param>
    /// <param name="python">The interpreter that has torch.</param>
    public PeerSide(TrainCase @case, Setup setup, string python)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "peer.py");
        var start = new ProcessStartInfo(python) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])[script, @case.Name, Number(@case.Batch), Number(@case.Pictures), Number(setup.Threads)])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
    }

    /// <inheritdoc/>
    public string Name => "PyTorch";

    /// <inheritdoc/>
    public Window Run(double seconds)
    {
        _process.StandardInput.WriteLine(seconds.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        string line = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("The peer has ended; its message is above.");
        double[] numbers = JsonSerializer.Deserialize<double[]>(line)!;
        return new Window(numbers[0], numbers[1], numbers[2]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
