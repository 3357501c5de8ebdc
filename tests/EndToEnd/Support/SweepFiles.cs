namespace Granary.EndToEnd.Tests.Support;

/// <summary>Sweeps that are small enough for a test and real all the same.</summary>
internal static class SweepFiles
{
    /// <summary>Two trials of LeNet and one on two devices; ends within half a minute.</summary>
    public const string Small = """
        name: small
        data: { set: fashion-mnist, batch: 128, limit: 12800 }
        train: { epochs: 2, momentum: 0.9, schedule: one-cycle }
        search:
          space:
            model: [lenet-relu]
            lr: [0.02, 0.05, 0.1]
        overrides:
          - when: { lr: 0.1 }
            resources: { devices: 2 }
        """;

    /// <summary>Three trials on two devices each, one after the other, whose curves are the same.</summary>
    public const string Pair = """
        name: pair
        data: { set: fashion-mnist, batch: 64, limit: 20000 }
        train: { epochs: 4, lr: 0.05, momentum: 0.9, seed: 5 }
        model: lenet-bn
        parallel: { silence: 2, reform: 8 }
        search:
          space:
            checksum-every: [0, 50, 70]
        resources: { devices: 2 }
        """;

    /// <summary>Long enough to be looked at, or killed, while it runs.</summary>
    public const string Long = """
        name: long
        data: { set: fashion-mnist, batch: 64, limit: 20000 }
        train: { epochs: 6, momentum: 0.9, watch-every: 5 }
        search:
          space:
            model: [lenet-relu, lenet-bn]
            lr: [0.02, 0.05]
        """;

    /// <summary>One trial whose learning rate is far too hot: its outputs explode in the first steps. Long enough to be looked at.</summary>
    public const string Hot = """
        name: hot
        data: { set: synthetic, batch: 32, limit: 3200, resize: 28 }
        train: { epochs: 200, momentum: 0.9, watch-every: 5 }
        search:
          space:
            model: [lenet-relu]
            lr: [2]
        """;
}
