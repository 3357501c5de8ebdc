namespace Granary.Architecture.Tests;

/// <summary>Holds every C# file to the rules, and the rules to what they should find.</summary>
public sealed class SourceTests
{
    public static TheoryData<string> Rules => [.. SourceRules.All.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Sources_Everywhere_KeepTheRule(string rule)
    {
        var files = Repository.CSharp("src", "tests", "benchmarks");

        Assert.NotEmpty(files);
        files.SelectMany(SourceRules.All[rule]).AssertNone($"Found {rule}.");
    }

    [Theory]
    [InlineData("conditional compilation", "#if DEBUG\nclass A;\n#endif")]
    [InlineData("unfinished work", "// TO" + "DO: later\nclass A;")]
    [InlineData("a member without implementation", "class A { int B => throw new NotImplemented" + "Exception(); }")]
    [InlineData("unfinished work", "/// <summary>FIX" + "ME</summary>\nclass A;")]
    [InlineData("several top-level types", "namespace N;\nclass A { class Inner; }\nrecord B;")]
    [InlineData("several top-level types", "delegate void A();\nenum B { C }")]
    [InlineData("async void", "class A { async void B() { } }")]
    [InlineData("async void", "class A { void B() { async void C() { } } }")]
    [InlineData("ContinueWith", "class A { void B(Task t) => t.ContinueWith(_ => { }); }")]
    [InlineData("a region", "#region R\n#endregion")]
    public void Rule_OnABadFile_FindsIt(string rule, string text)
        => Assert.NotEmpty(SourceRules.All[rule](new SourceFile("bad.cs", text)));

    [Theory]
    [InlineData("a file that is too long", 401)]
    [InlineData("a method that is too long", 59)]
    public void Rule_OnALongFile_FindsItButNotAShorterOne(string rule, int statements)
    {
        static SourceFile WithLines(int lines)
            => new("long.cs", $"class A\n{{\nvoid B()\n{{\n{string.Concat(Enumerable.Repeat(";\n", lines))}}}\n}}\n");

        Assert.NotEmpty(SourceRules.All[rule](WithLines(statements)));
        Assert.Empty(SourceRules.All[rule](WithLines(statements == 401 ? 394 : 57)));
    }

    [Fact]
    public void Rules_OnAGoodFile_FindNothing()
    {
        const string Good = """
            namespace N;

            /// <summary>Todos are fine as a word, todo too.</summary>
            internal sealed class A
            {
                private sealed record Inner(int B);

                public async Task RunAsync(Action done) => await Task.Run(done);
            }
            """;

        Assert.All(SourceRules.All.Values, rule => Assert.Empty(rule(new SourceFile("good.cs", Good))));
    }
}
