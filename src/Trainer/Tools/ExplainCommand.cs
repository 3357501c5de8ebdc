using System.CommandLine;
using Granary.Trainer.Explain;
using Granary.Trainer.Learning;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tools;

/// <summary><c>granary explain CHECKPOINT</c>: pictures of what a network looks at.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> Checkpoint = new("checkpoint")
    {
        Description = "A run's folder, a folder of checkpoints, or one checkpoint's manifest or weights (the other one beside it).",
    };

    private static readonly Option<int?> Example = new("--example")
    {
        Description = "Explain this picture of the validation set, counted from 0.",
    };

    private static readonly Option<string?> Image = new("--image")
    {
        Description = "Explain this JPEG or PNG file, of any size, instead.",
    };

    private static readonly Option<bool> Data = new("--data")
    {
        Description = "Draw the confusion matrix and the most wrong pictures of the run's validation set.",
    };

    private static readonly Option<string[]> Layer = new("--layer")
    {
        Description = "A layer to look into; may be given again. Else the first convolution and the last stage of each resolution.",
    };

    private static readonly Option<string?> Cam = new("--cam-layer")
    {
        Description = "The layer that Grad-CAM looks at; else the last convolutional stage.",
    };

    private static readonly Option<string?> Class = new("--class")
    {
        Description = "The class that Grad-CAM explains, by name or number; else the predicted one.",
    };

    private static readonly Option<bool> Last = new("--last") { Description = "Of a folder take the newest checkpoint, not the best." };

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "Folder of the pictures.",
        DefaultValueFactory = _ => new DirectoryInfo("explain"),
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the report as JSON." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "explain",
            "Draw what a checkpoint's network looks at, as PNG: feature maps, Grad-CAM, kernels, confusion matrix, most wrong pictures. "
            + "With none of --example, --image and --data: example 0 and the set.")
        {
            Checkpoint, Example, Image, Data, Layer, Cam, Class, Last, Out, DeviceOption.Device, DeviceOption.Threads, Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        DeviceChoice device = DeviceOption.Of(parsed);
        string folder = parsed.GetValue(Out)!.ToString();
        using var interrupt = new InterruptToken(cancellationToken);
        ExplainReport report = await TrainingThread.RunAsync("explain", () => Explain(parsed, device, folder, interrupt.Token));
        if (parsed.GetValue(Json))
        {
            using Stream output = Console.OpenStandardOutput();
            await output.WriteAsync(report.ToJson(), cancellationToken);
            output.WriteByte((byte)'\n');
            return ToolExit.Done;
        }

        Print(report, folder);
        return ToolExit.Done;
    }

    private static ExplainReport Explain(ParseResult parsed, DeviceChoice device, string folder, CancellationToken cancellationToken)
    {
        try
        {
            int? example = parsed.GetValue(Example);
            string? image = parsed.GetValue(Image);
            bool data = parsed.GetValue(Data);
            if (example is not null && image is not null)
                throw new ToolException("--example and --image are both given; expected one of them.");
            bool nothing = example is null && image is null && !data;
            (string weights, string manifest) = CheckpointChoice.Find(parsed.GetValue(Checkpoint)!, parsed.GetValue(Last));
            using var model = ExplainedModel.Load(weights, manifest, device);
            return new Explainer(model, folder).Run(
                new ExplainRequest
                {
                    Example = nothing ? 0 : example,
                    Image = image,
                    ValidationSet = data || nothing,
                    Layers = parsed.GetValue(Layer) ?? [],
                    CamLayer = parsed.GetValue(Cam),
                    Class = parsed.GetValue(Class),
                },
                cancellationToken);
        }
        catch (ExplainException refused)
        {
            throw new ToolException(refused.Message);
        }
    }

    private static void Print(ExplainReport report, string folder)
    {
        Console.WriteLine($"{report.Model} after epoch {report.Epoch}, step {report.Step}");
        if (report.Picture is not null)
        {
            Console.WriteLine(report.TrueClass is null ? report.Picture : $"{report.Picture}, true class {report.TrueClass}");
            foreach (ClassProbability one in report.Top)
                Console.WriteLine(FormattableString.Invariant($"  {one.Probability,6:f4}  {one.Name}"));
        }

        if (report.ValidAccuracy is double accuracy)
            Console.WriteLine(FormattableString.Invariant($"validation set: accuracy {accuracy:f4}, loss {report.ValidLoss:f4}"));
        foreach (ExplainedPicture picture in report.Pictures)
            Console.WriteLine($"{Path.Combine(folder, picture.File)}  {picture.Title}");
        foreach (string note in report.Notes)
            Console.WriteLine(note);
    }
}
