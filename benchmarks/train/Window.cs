namespace Granary.Benchmarks.Train;

/// <summary>What one side did while it was its turn.</summary>
/// <param name="Examples">Examples trained on, whole steps.</param>
/// <param name="Seconds">By the clock.</param>
/// <param name="CpuSeconds">Processor time of the side's whole process.</param>
internal readonly record struct Window(double Examples, double Seconds, double CpuSeconds)
{
    public double PerSecond => Examples / Seconds;

    public double PerCpuSecond => Examples / CpuSeconds;
}
