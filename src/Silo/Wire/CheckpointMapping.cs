using System.Diagnostics.CodeAnalysis;
using Granary.Silo.Artifacts;
using Grpc.Core;

namespace Granary.Silo.Wire;

/// <summary>Checkpoints on the wire.</summary>
internal static class CheckpointMapping
{
    /// <summary>A checkpoint as clients see it; null stays unset.</summary>
    [return: NotNullIfNotNull(nameof(checkpoint))]
    public static V1.Checkpoint? ToProto(CheckpointRef? checkpoint) => checkpoint is null ? null : new V1.Checkpoint
    {
        Weights = checkpoint.Weights,
        Manifest = checkpoint.Manifest,
        Bytes = checkpoint.Bytes,
        Epoch = checkpoint.Epoch,
        Step = checkpoint.Step,
    };

    /// <summary>A reported checkpoint, whose files are stored.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is missing or malformed. FAILED_PRECONDITION: it was never uploaded.</exception>
    public static CheckpointRef FromProto(V1.Checkpoint? checkpoint, ArtifactStore artifacts)
    {
        if (checkpoint is null) throw RpcFaults.Invalid("The report lacks 'checkpoint': store one through Artifacts first.");
        RequireStored(checkpoint.Weights, "weights", artifacts);
        RequireStored(checkpoint.Manifest, "manifest", artifacts);
        return new CheckpointRef(checkpoint.Weights, checkpoint.Manifest, checkpoint.Bytes, checkpoint.Epoch, checkpoint.Step);
    }

    private static void RequireStored(string text, string what, ArtifactStore artifacts)
    {
        if (!ArtifactHash.TryParse(text, out ArtifactHash hash))
            throw RpcFaults.Invalid($"The checkpoint's {what} are named '{text}'; expected a SHA-256 as 64 lower-case hexadecimal digits.");
        if (!artifacts.Stat(hash).Complete)
            throw RpcFaults.Precondition($"The checkpoint's {what}, artifact {hash}, are not stored: upload them before the report.");
    }
}
