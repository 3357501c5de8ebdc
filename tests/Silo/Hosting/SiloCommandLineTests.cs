using Granary.Silo.Hosting;

namespace Granary.Silo.Tests.Hosting;

public sealed class SiloCommandLineTests
{
    [Fact]
    public void Parse_EveryForm_GivesTheSettings()
    {
        Dictionary<string, string?> settings =
            SiloCommandLine.Parse(["--state", "dir", "--exit-with-parent", "--gateway-port=7", "--grpc=[::1]:0"]);

        Assert.Equal("dir", settings["Silo:State"]);
        Assert.Equal("True", settings["Silo:ExitWithParent"]);
        Assert.Equal("7", settings["Silo:GatewayPort"]);
        Assert.Equal("[::1]:0", settings["Silo:Grpc"]);
    }

    [Fact]
    public void Parse_SeveralMistakes_NamesAllOfThem()
    {
        var error = Assert.Throws<SiloUsageException>(() => SiloCommandLine.Parse(["--gatway-port", "7", "--state"]));

        Assert.Contains("'--gatway-port' is not an option; did you mean '--gateway-port'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("--state needs a value.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SeveralMistakes_NamesAllOfThem()
    {
        var options = new SiloOptions
        {
            State = " ",
            Grpc = "nowhere",
            Http = "::1:80",
            Host = "example.org",
            SiloPort = 70_000,
            LostSeconds = 3,
            MaxWatchers = 0,
        };

        string[] failures = [.. new SiloOptionsValidator().Validate(null, options).Failures!];

        // Silence of 3 s is less than two heartbeats of 2 s.
        Assert.Equal(
            ["--state", "--grpc", "--http", "--host", "--silo-port", "--lost-seconds", "--max-watchers"],
            failures.Select(failure => failure.Split(' ')[0]));
    }

    [Fact]
    public void Validate_Defaults_Pass() => Assert.True(new SiloOptionsValidator().Validate(null, new SiloOptions()).Succeeded);

    [Theory]
    [InlineData("127.0.0.1:0", "127.0.0.1:0")]
    [InlineData("localhost:80", "127.0.0.1:80")]
    [InlineData("[::1]:65535", "[::1]:65535")]
    public void TryParse_HostAndPort_IsTaken(string text, string expected)
    {
        Assert.True(ListenAddress.TryParse(text, out System.Net.IPEndPoint? endpoint));
        Assert.Equal(expected, endpoint.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":80")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("[127.0.0.1]:80")]
    [InlineData("example.org:80")]
    public void TryParse_SomethingElse_IsRefused(string text) => Assert.False(ListenAddress.TryParse(text, out _));
}
