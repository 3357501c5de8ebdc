namespace Granary.Trainer.Collectives;

/// <summary>Numbers in a device's own memory, which know how they come to be summed over the ranks.</summary>
internal interface IDeviceValues
{
    /// <summary>Bytes of the numbers.</summary>
    long Bytes { get; }

    /// <summary>
    /// Sums them; called on the thread of the collectives, in the turn of their call, and never longer under way than the patience.
    /// </summary>
    /// <param name="overLanes">Sums numbers in main memory over the ring's lanes.</param>
    /// <param name="wait">For the device and for the other ranks.</param>
    void Sum(Action<Memory<float>> overLanes, LaneWait wait);
}
