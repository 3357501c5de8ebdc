namespace Granary.Grains.Trials;

/// <summary>An event that cannot happen where the trial stands: somebody broke the protocol.</summary>
[GenerateSerializer, Alias("granary.InvalidTransitionException")]
public sealed class InvalidTransitionException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Trial, state, event, what was expected and the recent history.</param>
    public InvalidTransitionException(string message) : base(message)
    {
    }

    internal static InvalidTransitionException For(TrialMachineState state, TrialEvent happened, string expected)
    {
        string history = state.Journal.Count == 0 ? "none" : string.Join("; ", state.Journal.TakeLast(8));
        return new InvalidTransitionException(
            $"Trial {state.Definition.Id} is {state.State}, attempt {state.Attempt}: {happened.Kind} is not possible. {expected} History: {history}.");
    }
}
