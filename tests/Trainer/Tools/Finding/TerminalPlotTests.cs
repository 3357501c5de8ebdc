using Granary.Trainer.Pictures;
using Granary.Trainer.Tools.Finding;

namespace Granary.Trainer.Tests.Tools.Finding;

public sealed class TerminalPlotTests
{
    private static readonly (double X, double Y)[] Falling = [(1e-3, 3), (1e-2, 2), (1e-1, 1)];

    [Fact]
    public void Draw_Ascii_PutsPointsLabelsTicksAndMarks()
    {
        var plot = new TerminalPlot(new PlotAxis(1e-3, 1e-1, Logarithmic: true), new PlotAxis(1, 3, Logarithmic: false)) { Unicode = false };

        IReadOnlyList<string> lines = plot.Draw(Falling, [(1e-2, 'v')], width: 31, height: 3);

        // 21 columns: the middle of a logarithmic axis is its geometric mean.
        Assert.Equal("      3", lines[0][..7]);
        Assert.Equal("      2", lines[1][..7]);
        Assert.Equal("      1", lines[2][..7]);
        Assert.Equal(('*', '*', '*'), (lines[0][9], lines[1][19], lines[2][29]));
        Assert.Equal((' ', ' '), (lines[1][9], lines[2][19]));
        Assert.Equal("        +", lines[3][..9]);
        // Two labels have room, so every second decade has one.
        Assert.Equal("1e-2", lines[4].Trim());
        Assert.Equal("v".PadLeft(20), lines[5]);
    }

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
