using Granary.Cli.Commands;
using Spectre.Console;

CommandContext context = new(AnsiConsole.Console, Console.Error, TimeProvider.System);
return await RootCommands.RunAsync(args, context, CancellationToken.None);
