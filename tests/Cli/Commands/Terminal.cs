using System.Text;
using Granary.Cli.Commands;
using Spectre.Console;

namespace Granary.Cli.Tests.Commands;

/// <summary>A terminal that remembers what was printed; not interactive, wide enough for every table.</summary>
internal sealed class Terminal
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    public Terminal()
    {
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(new StringWriter(_output)),
        });
        Console.Profile.Width = 240;
    }

    public IAnsiConsole Console { get; }

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    /// <summary>Runs one command line to its end.</summary>
    public async Task<int> RunAsync(params string[] arguments)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        await using StringWriter error = new(_error);
        return await RootCommands.RunAsync(arguments, new CommandContext(Console, error, TimeProvider.System), patience.Token);
    }
}
