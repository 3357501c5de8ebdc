namespace Grpc.AspNetCore.Server;

/// <summary>Options of one service. What is not set here is as for all services; its interceptors run inside theirs.</summary>
/// <typeparam name="TService">The service.</typeparam>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class
{
}
