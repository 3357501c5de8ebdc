using System.Net;
using Granary.Dashboard.Hosting;
using Microsoft.Extensions.Logging;

namespace Granary.Dashboard.Tests.Hosting;

public sealed class DashboardCommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parse_BothAddresses_TakesThemAndTheDefaults()
    {
        DashboardOptions options = DashboardCommandLine.Parse(["--grpc", "silo:5201", "--gateway", "127.0.0.1:30000"]);

        Assert.Equal(new Uri("http://silo:5201"), options.Grpc);
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:30000"), options.Gateway);
        Assert.Equal("granary", options.ClusterId);
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:5200"), options.Http);
        Assert.Equal(LogLevel.Information, options.LogLevel);
        Assert.False(options.AnyPort);
        Assert.False(options.ExitWithParent);
        Assert.Null(options.Record);
    }

    [Fact]
    public void Parse_EveryOption_TakesIt()
    {
        DashboardOptions options = DashboardCommandLine.Parse(
        [
            "--grpc", "https://10.0.0.1:5201", "--gateway", "localhost:30000", "--cluster-id", "east", "--http", "0.0.0.0:0",
            "--any-port", "--record", "r.json", "--log-level", "warning", "--exit-with-parent",
        ]);

        Assert.Equal(new Uri("https://10.0.0.1:5201"), options.Grpc);
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:30000"), options.Gateway);
        Assert.Equal("east", options.ClusterId);
        Assert.Equal(IPEndPoint.Parse("0.0.0.0:0"), options.Http);
        Assert.Equal(LogLevel.Warning, options.LogLevel);
        Assert.True(options.AnyPort);
        Assert.True(options.ExitWithParent);
        Assert.Equal("r.json", options.Record);
    }

    [Fact]
    public void Parse_SiloFile_TakesWhatTheSiloWrote()
    {
        string file = _folder.Write("silo.json", """{"pid":7,"grpc":"127.0.0.1:5201","gateway":"127.0.0.1:30000","cluster-id":"west"}""");

        DashboardOptions options = DashboardCommandLine.Parse(["--silo-file", file]);

        Assert.Equal(new Uri("http://127.0.0.1:5201"), options.Grpc);
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:30000"), options.Gateway);
        Assert.Equal("west", options.ClusterId);
    }

    [Theory]
    [InlineData("'--grcp' is not an option", "--grcp", "silo:5201")]
    [InlineData("--gateway needs a value", "--grpc", "silo:5201", "--gateway")]
    [InlineData("Where is the silo?")]
    [InlineData("Where is the silo?", "--grpc", "silo:5201")]
    [InlineData("--gateway is '127.0.0.1'", "--grpc", "silo:5201", "--gateway", "127.0.0.1")]
    [InlineData("--gateway is '127.0.0.1:70000'", "--grpc", "silo:5201", "--gateway", "127.0.0.1:70000")]
    [InlineData("--http is ':5200'", "--grpc", "silo:5201", "--gateway", "127.0.0.1:1", "--http", ":5200")]
    [InlineData("--grpc is 'silo:port'", "--grpc", "silo:port", "--gateway", "127.0.0.1:1")]
    [InlineData("--log-level is 'loud'", "--grpc", "silo:5201", "--gateway", "127.0.0.1:1", "--log-level", "loud")]
    [InlineData("--log-level is '99'", "--grpc", "silo:5201", "--gateway", "127.0.0.1:1", "--log-level", "99")]
    public void Parse_WrongArguments_SaysWhichAndWhy(string expected, params string[] arguments)
    {
        var error = Assert.Throws<DashboardUsageException>(() => DashboardCommandLine.Parse(arguments));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("{\"grpc\":\"127.0.0.1:5201\"}")]
    [InlineData("{\"grpc\":7,\"gateway\":\"127.0.0.1:1\",\"cluster-id\":\"granary\"}")]
    public void Parse_SiloFileThatIsNone_NamesIt(string text) => AssertRefused(_folder.Write("silo.json", text));

    [Fact]
    public void Parse_SiloFileThatIsNotThere_NamesIt() => AssertRefused(_folder.File("absent.json"));

    [Fact]
    public void Parse_SiloFileThatIsAFolder_NamesIt() => AssertRefused(_folder.Path);

    private static void AssertRefused(string file)
    {
        var error = Assert.Throws<DashboardUsageException>(() => DashboardCommandLine.Parse(["--silo-file", file]));
        Assert.StartsWith($"{file} does not say where the silo is", error.Message, StringComparison.Ordinal);
    }
}
