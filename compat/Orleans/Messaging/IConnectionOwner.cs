namespace Orleans.Runtime;

/// <summary>Takes what comes in over a connection.</summary>
internal interface IConnectionOwner
{
    /// <summary>Owns the references that messages hold.</summary>
    CallRuntime Runtime { get; }

    int LargestMessage { get; }

    void Receive(Call call);

    void Closed(Connection connection, string reason);
}
