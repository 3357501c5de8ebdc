using Granary.Cli.Commands;
using Spectre.Console;

// Into a file or a pipe, a table is as wide as it needs to be.
if (Console.IsOutputRedirected)
{
    AnsiConsole.Console.Profile.Width = 240;
}

CommandContext context = new(AnsiConsole.Console, Console.Error, TimeProvider.System);
return await RootCommands.RunAsync(args, context, CancellationToken.None);
