using Granary.Trainer.Pictures;
using Granary.Trainer.Tools.Finding;

namespace Granary.Trainer.Tests.Tools.Finding;

public sealed class TerminalPlotTests
{
    [Fact]
    public void Draw_Braille_UsesTwoByFourDotsACell()
    {
        var plot = new TerminalPlot(new PlotAxis(0, 1, Logarithmic: false), new PlotAxis(0, 1, Logarithmic: false));

        // From the lower left to the upper right corner of 20 cells by 2: 40 by 8 dots.
        IReadOnlyList<string> lines = plot.Draw([(0, 0), (1, 1)], [], width: 30, height: 2);

        Assert.Equal('\u28C0', lines[1][9]);
        Assert.Equal('\u2809', lines[0][28]);
        Assert.All(lines[0][9..], dots => Assert.InRange(dots, '\u2800', '\u28FF'));
    }
}
