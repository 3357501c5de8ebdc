namespace Grpc.Core;

/// <summary>Adds the headers of a call's credentials, such as <c>authorization</c>.</summary>
/// <param name="context">The call.</param>
/// <param name="metadata">Takes the headers.</param>
/// <returns>Ends when the headers are there; the call is sent afterwards.</returns>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
