using Granary.Trainer.Models.Summary;

namespace Granary.Trainer.Tests.Models.Summary;

public sealed class ReceptiveFieldTests
{
    // Seed text 001, "VGG style": two 3x3, 2x2 of stride 2, two 3x3, 2x2 of stride 2. Its comment says 12; its own code gives 16.
    [Fact]
    public void Through_TheTextsVggExample_Is16() =>
        Assert.Equal([3L, 5, 6, 10, 14, 16], Fields(new(3), new(3), new(2, 2), new(3), new(3), new(2, 2)));

    // Text 000: five 3x3 convolutions of stride 2.
    [Fact]
    public void Through_FiveConvolutionsOfStrideTwo_DoublesAndAddsOne() =>
        Assert.Equal([3L, 7, 15, 31, 63], Fields(new(3, 2), new(3, 2), new(3, 2), new(3, 2), new(3, 2)));

    // Text 001: two and three 3x3 convolutions see 5x5 and 7x7; dilation 2 and 3 make one see 5x5 and 7x7.
    [Fact]
    public void Through_StackedOrDilated_SeeTheSame()
    {
        Assert.Equal([3L, 5, 7], Fields(new(3), new(3), new(3)));
        Assert.Equal([5L], Fields(new Window(3, Dilation: 2)));
        Assert.Equal([7L], Fields(new Window(3, Dilation: 3)));
    }

    // Output i of m takes the places floor(i n / m) to ceil((i + 1) n / m): 7 to 3 takes 0-2, 2-4, 4-6; 10 to 4 takes 0-2, 2-4, 5-7, 7-9.
    [Theory]
    [InlineData(7, 1, 7, 7)]
    [InlineData(14, 7, 2, 2)]
    [InlineData(7, 3, 3, 2)]
    [InlineData(10, 4, 3, 2)]
    [InlineData(1, 7, 1, 1)]
    public void Adaptive_ToFewerPlaces_TakesTheWidestWindow(long size, long outputs, long kernel, long stride) =>
        Assert.Equal(new Window(kernel, stride), Window.Adaptive(size, outputs));

    private static IEnumerable<long> Fields(params Window[] windows)
    {
        ReceptiveField field = ReceptiveField.Pixel;
        foreach (Window window in windows)
        {
            field = field.Through(window);
            yield return field.Size;
        }
    }
}
