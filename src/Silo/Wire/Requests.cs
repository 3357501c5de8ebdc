using Grpc.Core;

namespace Granary.Silo.Wire;

/// <summary>Reads what requests hold, and refuses what cannot be right.</summary>
internal static class Requests
{
    /// <summary>A trial's id.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is not one.</exception>
    public static TrialId Trial(string text)
    {
        try
        {
            return TrialId.Parse(text);
        }
        catch (FormatException error)
        {
            throw RpcFaults.Invalid(error.Message);
        }
    }

    /// <summary>A rank of an attempt.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is missing, or a number is out of range.</exception>
    public static RankId Rank(V1.RankId? id)
    {
        if (id is null) throw RpcFaults.Invalid("The message lacks 'id': the trial, attempt and rank that it is about.");
        if (id.Attempt < 1) throw RpcFaults.Invalid($"Attempt {id.Attempt} of {id.Trial}: attempts count from 1.");
        if (id.Rank < 0) throw RpcFaults.Invalid($"Rank {id.Rank} of {id.Trial}: ranks count from 0.");
        if (id.Start < 0) throw RpcFaults.Invalid($"Start {id.Start} of rank {id.Rank} of {id.Trial}: the workers of a rank count from 0.");
        return new RankId(new AttemptId(Trial(id.Trial), id.Attempt), id.Rank, id.Start);
    }

    /// <summary>A number between bounds; 0 stands for <paramref name="unset"/>.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is out of range.</exception>
    public static int Bounded(int value, string name, int most, int unset) => value switch
    {
        0 => unset,
        _ when value >= 1 && value <= most => value,
        _ => throw RpcFaults.Invalid($"'{name}' is {value}; expected 1 to {most}, or 0 for {unset}."),
    };

    /// <summary>A name that is not empty, not longer than <paramref name="most"/>, and printable.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is not such a name.</exception>
    public static string Name(string text, string what, int most = 200) =>
        text.Length >= 1 && text.Length <= most && !text.Any(char.IsControl)
            ? text
            : throw RpcFaults.Invalid($"'{what}' has {text.Length} characters or unprintable ones; expected 1 to {most} printable ones.");
}
