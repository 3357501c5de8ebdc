using Granary.Trainer.Data;
using Granary.Trainer.Pictures;
using SkiaSharp;

namespace Granary.Trainer.Explain;

/// <summary>The pictures that a network got most wrong, the worst first.</summary>
internal static class WrongSheet
{
    private const int Side = 112;
    private const int Columns = 5;

    /// <summary>Draws the pictures with the names and probabilities of the predicted and the true class.</summary>
    /// <param name="survey">What the network said.</param>
    /// <param name="set">The set it was asked about.</param>
    /// <param name="name">A class's name.</param>
    public static SKBitmap Draw(Survey survey, IImageSource set, Func<int, string> name)
    {
        string title = survey.MostWrong.Count == 0
            ? $"none of {survey.Examples} pictures was classified wrongly"
            : "most wrong: predicted class and its probability, true class and its own, number in the set and loss";
        return TileSheet.Draw(title, [.. survey.MostWrong.Select(Wrong)], Columns);

        Tile Wrong(WrongExample wrong) => new(
            SubjectPicture.Draw(set, wrong.Index),
            Side,
            Line(name(wrong.Predicted), wrong.Probability),
            Line(name(wrong.True), wrong.TrueProbability),
            FormattableString.Invariant($"#{wrong.Index} loss {wrong.Loss:f2}"));
    }

    // The number is worth more than the end of a long name.
    private static string Line(string name, double probability)
    {
        string number = FormattableString.Invariant($" {probability:f3}");
        return Lettering.Fit(name, Side - Lettering.Measure(number) - 1) + number;
    }
}
