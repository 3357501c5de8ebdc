using Granary.Trainer.Explain;

namespace Granary.Trainer.Tests.Explain;

public sealed class SurveyTallyTests
{
    [Fact]
    public void ToSurvey_SomeBatches_CountsEachPictureOnce()
    {
        var tally = new SurveyTally(classes: 2, mostWrong: 10);
        tally.Add([0, 1, 1], Logs(0.9, 0.1, 0.2, 0.8, 0.7, 0.3), outputs: 2);
        tally.Add([1], Logs(0.6, 0.4), outputs: 2);

        Survey survey = tally.ToSurvey();

        Assert.Equal([[1, 0], [2, 1]], survey.Confusion);
        Assert.Equal(4, survey.Examples);
        Assert.Equal(0.5, survey.Accuracy, 9);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.8) + Math.Log(0.3) + Math.Log(0.4)) / 4, survey.Loss, 6);
    }

    [Fact]
    public void MostWrong_MoreThanAreKept_AreThoseOfHighestLossHighestFirst()
    {
        var tally = new SurveyTally(classes: 2, mostWrong: 3);
        // The right one is not among them, however dear; of two equal ones the earlier stays.
        tally.Add([0, 0, 0, 0, 0, 0], Logs(0.4, 0.6, 0.1, 0.9, 0.3, 0.7, 0.2, 0.8, 0.51, 0.49, 0.3, 0.7), outputs: 2);

        IReadOnlyList<WrongExample> worst = tally.ToSurvey().MostWrong;

        Assert.Equal([1, 3, 2], worst.Select(wrong => wrong.Index));
        Assert.Equal((0, 1), (worst[0].True, worst[0].Predicted));
        Assert.Equal(0.9, worst[0].Probability, 6);
        Assert.Equal(0.1, worst[0].TrueProbability, 6);
        Assert.Equal(-Math.Log(0.1), worst[0].Loss, 6);
    }

    [Fact]
    public void ToSurvey_NetworkWithMoreOutputsThanClasses_HasARowForEach()
    {
        var tally = new SurveyTally(classes: 2, mostWrong: 1);
        tally.Add([1], Logs(0.1, 0.2, 0.7), outputs: 3);

        Assert.Equal([[0, 0, 0], [0, 0, 1], [0, 0, 0]], tally.ToSurvey().Confusion);
    }

    private static float[] Logs(params double[] probabilities) => [.. probabilities.Select(probability => (float)Math.Log(probability))];
}
