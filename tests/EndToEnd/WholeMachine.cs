namespace Granary.EndToEnd.Tests;

/// <summary>These tests train on every core: one at a time.</summary>
[CollectionDefinition("whole machine", DisableParallelization = true)]
public sealed class WholeMachine;
