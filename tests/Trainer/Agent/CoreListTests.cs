using Granary.Trainer.Agent;

namespace Granary.Trainer.Tests.Agent;

public sealed class CoreListTests
{
    // The kernel's list format: https://docs.kernel.org/admin-guide/kernel-parameters.html
    [Theory]
    [InlineData("0", new[] { 0 })]
    [InlineData("0-3,8", new[] { 0, 1, 2, 3, 8 })]
    [InlineData("8,0-1\n", new[] { 0, 1, 8 })]
    [InlineData("", new int[0])]
    public void Parse_List_GivesItsCores(string text, int[] cores) => Assert.Equal(cores, CoreList.Parse(text));

    [Theory]
    [InlineData("a")]
    [InlineData("3-1")]
    [InlineData("1-2-3")]
    [InlineData("-1")]
    [InlineData("99999")]
    public void Parse_SomethingElse_IsRefused(string text) => Assert.Throws<FormatException>(() => CoreList.Parse(text));

    [Theory]
    [InlineData(new[] { 0 }, "0")]
    [InlineData(new[] { 8, 1, 0, 2, 3 }, "0-3,8")]
    [InlineData(new int[0], "")]
    public void Format_Cores_GivesTheShortestList(int[] cores, string text) => Assert.Equal(text, CoreList.Format(cores));
}
