using System.Globalization;
using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Data;
using Granary.Trainer.Insight;
using Granary.Trainer.Pictures;
using SkiaSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Explain;

/// <summary>Draws what was asked for of one checkpoint. The report is written last: a folder with one is complete.</summary>
/// <param name="model">The checkpoint.</param>
/// <param name="folder">Where to; made when missing. Files of the same names are replaced.</param>
internal sealed class Explainer(ExplainedModel model, string folder)
{
    private const int TopClasses = 5;

    private readonly List<ExplainedPicture> _pictures = [];
    private readonly List<string> _notes = [];

    /// <summary>Draws and writes.</summary>
    /// <param name="request">What.</param>
    /// <param name="cancellationToken">Ends it between pictures and batches.</param>
    /// <exception cref="ExplainException">Something that was asked for does not exist: nothing was written of it.</exception>
    public ExplainReport Run(ExplainRequest request, CancellationToken cancellationToken)
    {
        // A wrong name is told before anything is computed or written.
        foreach (string layer in request.Layers.Append(request.CamLayer).OfType<string>())
            LayerOutputs.Find(model.Network, layer);
        int? label = request.Class is null ? null : ClassOf(request.Class);
        SubjectPicture? subject = Subject(request);
        Directory.CreateDirectory(folder);
        File.Delete(Path.Combine(folder, ExplainReport.FileName));

        var report = new ExplainReport { Model = model.Network.GetName(), Epoch = model.Epoch, Step = model.Step };
        if (subject is not null)
            report = ExplainPicture(report, subject, request, label, cancellationToken);
        Write("kernels", "kernels", "first layer's kernels", KernelSheet.Draw(model.Network));
        DrawHistory(request);
        if (request.ValidationSet)
            report = ExplainSet(report, request, cancellationToken);
        report = report with { Pictures = _pictures, Notes = _notes };
        WriteReport(report);
        return report;
    }

    private SubjectPicture? Subject(ExplainRequest request)
    {
        if (request.Image is { } path)
            return SubjectPicture.OfFile(path, model.Data);
        if (request.Example is not int index)
            return null;
        IImageSource valid = model.Data.Valid;
        if (index < 0 || index >= valid.Count)
            throw new ExplainException($"there is no example {index}; the validation set has {valid.Count}, from 0.");
        return new SubjectPicture(valid, index, $"validation example {index}", valid.Label(index));
    }

    private ExplainReport ExplainPicture(
        ExplainReport report, SubjectPicture subject, ExplainRequest request, int? label, CancellationToken cancellationToken)
    {
        using DisposeScope scope = NewDisposeScope();
        using HostBatch batch = subject.ToBatch();
        Tensor input = model.Tensors.Inputs(batch);
        ClassProbability[] top = Top(input);
        var cam = GradCam.Of(model.Network, input, request.CamLayer, label);
        string truth = subject.Label is int known ? $" (true {model.ClassName(known)})" : "";
        string seen = model.ClassName(cam.Class);
        if (cam.Heat.Range.High == 0)
            _notes.Add($"Nothing at {cam.Layer} speaks for {seen}: its heat map is empty. Look at an earlier layer, or at another class.");
        string title = FormattableString.Invariant($"predicted {top[0].Name} {top[0].Probability:f3}{truth}; heat for {seen}");
        using var heat = new HeatSheet(subject.DrawDetail(), cam.Heat);
        Write("grad-cam", "grad-cam", title, heat.DrawThree(title, cam.Layer));
        Write("overlay", "overlay", $"heat for {seen} over the picture", heat.DrawOverlay());
        Write("heat-map", "heat-map", $"heat for {seen} at {cam.Layer}", heat.DrawHeat());
        Write("channels", "channels", $"channels of {subject.Title}", ChannelSheet.Draw(subject));
        foreach (LayerOutput output in LayerOutputs.Of(model.Network, input, Layers(request)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write($"features-{output.Layer}", "features", $"what {output.Layer} gives", FeatureSheet.Draw(output, request.Maps));
        }

        return report with
        {
            Picture = subject.Title,
            TrueClass = subject.Label is int label2 ? model.ClassName(label2) : null,
            Top = top,
            HeatClass = seen,
        };
    }

    private void DrawHistory(ExplainRequest request)
    {
        IReadOnlyList<string> recorded = ColourfulSheet.Layers(model.History);
        if (recorded.Count == 0)
        {
            _notes.Add($"There is no {LayerHistoryFile.Name} beside the checkpoint, so no picture of the outputs over the steps.");
            return;
        }

        // The logits tell most about how training went, but have no maps to be among the default layers.
        IEnumerable<string> layers = request.Layers.Count > 0 ? request.Layers : Layers(request).Append(model.Network.Stages[^1].Name);
        foreach (string layer in layers.Distinct().Where(recorded.Contains))
        {
            SKBitmap colourful = ColourfulSheet.Draw(model.History, layer);
            Write($"colourful-{layer}", "colourful-dimension", $"how {layer}'s outputs were spread", colourful);
        }
    }

    private IReadOnlyList<string> Layers(ExplainRequest request)
    {
        if (request.Layers.Count > 0)
            return request.Layers;
        using DisposeScope scope = NewDisposeScope();
        using HostBatch batch = new SubjectPicture(model.Data.Valid, 0, "", null).ToBatch();
        return LayerOutputs.DefaultLayers(model.Network, model.Tensors.Inputs(batch));
    }

    private ExplainReport ExplainSet(ExplainReport report, ExplainRequest request, CancellationToken cancellationToken)
    {
        var survey = Survey.Take(model, model.Data.Valid, request.MostWrong, cancellationToken);
        Write("confusion", "confusion", "confusion matrix over the validation set", ConfusionSheet.Draw(survey, model.ClassName));
        SKBitmap wrong = WrongSheet.Draw(survey, model.Data.Valid, model.ClassName);
        Write("most-wrong", "most-wrong", "most wrong pictures of the validation set", wrong);
        return report with { ValidAccuracy = survey.Accuracy, ValidLoss = survey.Loss };
    }

    private ClassProbability[] Top(Tensor input)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = model.Network.call(input).to(ScalarType.Float32);
        float[] shares = logits.softmax(1).select(0, 0).cpu().contiguous().data<float>().ToArray();
        return
        [
            .. shares.Index()
                .OrderByDescending(share => share.Item)
                .Take(TopClasses)
                .Select(share => new ClassProbability(share.Index, model.ClassName(share.Index), share.Item)),
        ];
    }

    private int ClassOf(string text)
    {
        string[] names = [.. model.Data.ClassNames];
        int named = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (named >= 0)
            return named;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new ExplainException($"there is no class '{text}'{NearestName.Hint(text, names)}.");
    }

    // Disposes the picture.
    private void Write(string name, string kind, string title, SKBitmap picture)
    {
        string file = name + ".png";
        using (picture)
            Bitmaps.Write(Path.Combine(folder, file), picture);
        _pictures.Add(new ExplainedPicture(file, kind, title));
    }

    private void WriteReport(ExplainReport report)
    {
        byte[] json = report.ToJson();
        AtomicFile.Write(Path.Combine(folder, ExplainReport.FileName), file => file.Write(json), overwrite: true);
    }
}
