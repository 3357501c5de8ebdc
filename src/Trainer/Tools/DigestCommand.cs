using System.CommandLine;
using Granary.Specs;
using Granary.Trainer.Tools.Bench;
using static TorchSharp.torch;

namespace Granary.Trainer.Tools;

/// <summary><c>granary bench digest</c>: whether two machines, or two builds, compute the same bits.</summary>
internal static class DigestCommand
{
    private const int MostPictures = 1_024;

    private static readonly Argument<string[]> Names = new("names")
    {
        Description = "Networks of 'granary models'; all of them unless given.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<int[]> Batches = new("--batch")
    {
        Description = "Pictures of a batch, from 1; may be given several times.",
        DefaultValueFactory = _ => [16],
    };

    private static readonly Option<string[]> Precisions = new Option<string[]>("--precision")
    {
        Description = "fp32 or bf16; may be given several times.",
        DefaultValueFactory = _ => ["fp32"],
    }.AcceptOnlyFromAmong("fp32", "bf16");

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("digest", "A fingerprint of what networks compute on one thread of this machine: equal digests mean equal bits.")
        {
            Names, Batches, Precisions,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Print(parsed, cancellationToken)));
        return command;
    }

    private static int Print(ParseResult parsed, CancellationToken cancellationToken)
    {
        int[] batches = parsed.GetValue(Batches)!;
        if (batches.FirstOrDefault(batch => batch is < 1 or > MostPictures) is not 0 and var wrong)
            throw new ToolException($"--batch is {wrong}; expected a whole number from 1 to {MostPictures}.");
        string[] names = parsed.GetValue(Names)!;
        ModelEntry[] entries = names.Length == 0 ? [.. ModelCatalog.All] : [.. names.Select(ModelsCommand.Find)];
        set_num_threads(1);
        foreach (ModelEntry entry in entries)
        {
            using var digest = new NetworkDigest(entry);
            foreach (string precision in parsed.GetValue(Precisions)!)
            {
                foreach (int batch in batches)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Console.Out.WriteLine(digest.Compute(precision, batch));
                }
            }
        }

        return ToolExit.Done;
    }
}
