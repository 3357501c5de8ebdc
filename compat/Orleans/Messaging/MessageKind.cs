namespace Orleans.Runtime;

internal enum MessageKind : byte
{
    Request = 1,
    Result = 2,
    Failure = 3,
    Cancel = 4,
}
