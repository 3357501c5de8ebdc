using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Granary.Architecture.Tests;

/// <summary>What no C# file may contain and the analyzers do not catch. Each rule returns what it found, as path:line and reason.</summary>
internal static class SourceRules
{
    private const int MaxFileLines = 400;
    private const int MaxMethodLines = 60;

    // Split, so that this file does not find itself.
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X"];

    public static IReadOnlyDictionary<string, Func<SourceFile, IEnumerable<string>>> All { get; }
        = new Dictionary<string, Func<SourceFile, IEnumerable<string>>>(StringComparer.Ordinal)
        {
            ["conditional compilation"] = ConditionalCompilation,
            ["unfinished work"] = UnfinishedWork,
            ["a member without implementation"] = NotImplemented,
            ["a file that is too long"] = LongFile,
            ["a method that is too long"] = LongMethods,
            ["several top-level types"] = SeveralTypes,
            ["async void"] = AsyncVoid,
            ["ContinueWith"] = ContinueWith,
            ["a region"] = Regions,
        };

    private static IEnumerable<string> ConditionalCompilation(SourceFile file)
        => from directive in Directives(file, SyntaxKind.IfDirectiveTrivia)
           select $"{file.At(directive.GetLocation())} #if";

    private static IEnumerable<string> Regions(SourceFile file)
        => from directive in Directives(file, SyntaxKind.RegionDirectiveTrivia)
           select $"{file.At(directive.GetLocation())} #region";

    private static IEnumerable<string> UnfinishedWork(SourceFile file)
        => from comment in file.Unit.DescendantTrivia(descendIntoTrivia: true)
           where comment.IsKind(SyntaxKind.SingleLineCommentTrivia) || comment.IsKind(SyntaxKind.MultiLineCommentTrivia)
               || comment.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)
           from word in Unfinished
           where Regex.IsMatch(comment.ToFullString(), $@"\b{word}\b", RegexOptions.CultureInvariant)
           select $"{file.At(comment.GetLocation())} {word}";

    private static IEnumerable<string> NotImplemented(SourceFile file)
        => from name in file.All<IdentifierNameSyntax>()
           where name.Identifier.ValueText == "NotImplemented" + "Exception"
           select $"{file.At(name)} {name}";

    private static IEnumerable<string> LongFile(SourceFile file)
    {
        int lines = file.Text.AsSpan().TrimEnd().Count('\n') + 1;
        return lines > MaxFileLines ? [$"{file.Path} has {lines} lines, at most {MaxFileLines}"] : [];
    }

    private static IEnumerable<string> LongMethods(SourceFile file)
        => from method in file.Unit.DescendantNodes()
           where method is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
           let span = method.GetLocation().GetLineSpan()
           let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
           where lines > MaxMethodLines
           select $"{file.At(method)} a method of {lines} lines, at most {MaxMethodLines}";

    private static IEnumerable<string> SeveralTypes(SourceFile file)
    {
        var types = file.Unit.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .ToList();

        // A family of delegates differs in signatures only and reads best together.
        bool isFamily = types.All(type => type is DelegateDeclarationSyntax);
        return types.Count > 1 && !isFamily ? [$"{file.At(types[1])} a second top-level type, {types.Count} in all"] : [];
    }

    private static IEnumerable<string> AsyncVoid(SourceFile file)
        => (from method in file.All<MethodDeclarationSyntax>()
            where IsAsync(method.Modifiers) && IsVoid(method.ReturnType)
            select $"{file.At(method)} {method.Identifier.ValueText} is async void: nobody can await it or see it fail")
            .Concat(from function in file.All<LocalFunctionStatementSyntax>()
                    where IsAsync(function.Modifiers) && IsVoid(function.ReturnType)
                    select $"{file.At(function)} {function.Identifier.ValueText} is async void: nobody can await it or see it fail");

    // Looking at the failure of a task that nobody awaits is what it remains good for.
    private static IEnumerable<string> ContinueWith(SourceFile file)
        => from access in file.All<MemberAccessExpressionSyntax>()
           where access.Name.Identifier.ValueText == "ContinueWith" && access.Parent is InvocationExpressionSyntax call
               && !call.ArgumentList.ToString().Contains(nameof(TaskContinuationOptions.OnlyOnFaulted), StringComparison.Ordinal)
           select $"{file.At(access.Name)} ContinueWith: await it, so that its failure and its context are not lost";

    private static bool IsAsync(SyntaxTokenList modifiers) => modifiers.Any(SyntaxKind.AsyncKeyword);

    private static bool IsVoid(TypeSyntax type) => type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };

    private static IEnumerable<SyntaxTrivia> Directives(SourceFile file, SyntaxKind kind)
        => file.Unit.DescendantTrivia().Where(trivia => trivia.IsKind(kind));
}
