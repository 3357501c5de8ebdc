using System.Reflection;
using Granary.Grains;
using Granary.Silo.Storage;

namespace Granary.Silo.Tests.Storage;

public sealed class GrainStateTests
{
    // Whatever a grain asks to be kept, found by what its constructor takes.
    public static TheoryData<string> States => [.. Types().Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(States))]
    public void Json_OfAGrainsState_ReadsBackTheSame(string name)
    {
        Type type = Types().Single(state => state.Name == name);
        MethodInfo check = GetType().GetMethod(nameof(Check), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type);

        check.Invoke(null, null);
    }

    [Fact]
    public void Json_OfAnOlderVersion_FillsInDefaultsAndSkipsWhatItDoesNotKnow()
    {
        SampleState read = GrainStateJson.Read<SampleState>("""{"Count":3,"GoneInThisVersion":{"x":[1]}}"""u8.ToArray());

        Assert.Equal(new SampleState().Text, read.Text);
        Assert.Equal(3, read.Count);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"Trial\":\"nonsense\"}")]
    [InlineData("{\"Count\":")]
    public void Json_OfSomethingElse_IsRefused(string json) =>
        Assert.Throws<System.Text.Json.JsonException>(() => GrainStateJson.Read<SampleState>(System.Text.Encoding.UTF8.GetBytes(json)));

    private static void Check<T>()
    {
        var state = (T)new StateSamples().Make(typeof(T));

        T read = GrainStateJson.Read<T>(GrainStateJson.Write(state));

        Assert.Equivalent(state, read, strict: true);
        Assert.NotEqual(GrainStateJson.Write(Activator.CreateInstance<T>()), GrainStateJson.Write(state));
    }

    private static IEnumerable<Type> Types() =>
        from grain in typeof(GrainStorageNames).Assembly.GetTypes()
        from constructor in grain.GetConstructors()
        from parameter in constructor.GetParameters()
        let type = parameter.ParameterType
        where !grain.IsGenericType && type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IPersistentState<>)
        select type.GetGenericArguments()[0];
}
