namespace Granary.Specs.Tests;

public sealed class ModelOptionsTests
{
    [Theory]
    [InlineData("head: 5", "model.head is 5, and the data has 10 classes; expected at least as many")]
    [InlineData("classes: 9", "model.classes is 9, and the data has 10 classes; expected at least as many")]
    [InlineData("head: 12, classes: 11", "model.head is 12 and model.classes is 11; both set the number of outputs")]
    [InlineData("width: 0", "model.width is '0'; expected a number above 0 and at most 16, or a fraction such as 1/4")]
    [InlineData("width: 1/0", "model.width is '1/0'")]
    [InlineData("dropout: 1", "model.dropout is '1'; expected a number in [0, 1)")]
    [InlineData("frieze: body", "did you mean 'freeze'?")]
    public void Read_ImpossibleOption_IsRefused(string options, string message) =>
        Assert.Contains(Read(options).Problems, problem => problem.Line == 2 && problem.Message.Contains(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("head: 10, pretrained: weights.pth, freeze: body")]
    [InlineData("head: 10")]
    [InlineData("classes: 1000, pretrained: weights.pth")]
    [InlineData("head: 12, classes: 12, channels: 3, width: 3/4")]
    public void Read_PossibleOptions_AreTaken(string options) => Assert.Empty(Read(options).Problems);

    private static SweepFileResult Read(string options) => SweepFile.Read(
        $$"""
        name: options
        model: { name: resnet18, {{options}} }
        data: { set: fashion-mnist, resize: 32 }
        search: { space: { lr: [0.1] } }
        """,
        "options.yaml");
}
