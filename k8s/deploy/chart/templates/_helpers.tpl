{{- define "berth.name" -}}
{{ default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" }}
{{- end }}

{{/* Short enough for "-controller" after it. */}}
{{- define "berth.fullname" -}}
{{- $name := include "berth.name" . -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains $name .Release.Name -}}
{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" }}
{{- end -}}
{{- end }}

{{- define "berth.configNamespace" -}}
{{ default .Release.Namespace .Values.configNamespace }}
{{- end }}

{{- define "berth.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ default $.Chart.AppVersion .tag }}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The speakers' address where nobody but the machine itself reaches it, otherwise nothing. */}}
{{- define "berth.loopback" -}}
{{- $host := .Values.speaker.host -}}
{{- if or (hasPrefix "127." $host) (eq "::1" $host) -}}
{{ $host }}
{{- end -}}
{{- end }}

{{/* What follows takes a list: the root, and which of the two programs: controller or speaker. */}}

{{- define "berth.componentName" -}}
{{ include "berth.fullname" (index . 0) }}-{{ index . 1 }}
{{- end }}

{{- define "berth.selector" -}}
app.kubernetes.io/name: {{ include "berth.name" (index . 0) }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "berth.labels" -}}
{{ include "berth.selector" . }}
{{- with index . 0 }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}
{{- end }}

{{- define "berth.serviceAccount" -}}
{{- $own := index (index . 0).Values (index . 1) -}}
{{- if $own.serviceAccount.name -}}
{{ $own.serviceAccount.name }}
{{- else if $own.serviceAccount.create -}}
{{ include "berth.componentName" . }}
{{- else -}}
default
{{- end -}}
{{- end }}

{{/* One subject, for bindings. */}}
{{- define "berth.subjects" -}}
subjects:
  - kind: ServiceAccount
    name: {{ include "berth.serviceAccount" . }}
    namespace: {{ (index . 0).Release.Namespace }}
{{- end }}

{{- define "berth.podMetadata" -}}
{{- $own := index (index . 0).Values (index . 1) -}}
labels:
  {{- include "berth.selector" . | nindent 2 }}
  {{- with (index . 0).Values.commonLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- with $own.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with $own.podAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* What the pods of both programs have in common. */}}
{{- define "berth.podSpec" -}}
{{- $root := index . 0 -}}
{{- $own := index $root.Values (index . 1) -}}
serviceAccountName: {{ include "berth.serviceAccount" . }}
automountServiceAccountToken: true
enableServiceLinks: false
{{- with $root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $own.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
terminationGracePeriodSeconds: {{ add $own.terminationGracePeriodSeconds ($own.drainSeconds | default 0) }}
nodeSelector:
  kubernetes.io/os: linux
  {{- with $own.nodeSelector }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with $own.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: 16Mi
{{- end }}

{{- define "berth.arguments" -}}
{{- $root := index . 0 -}}
{{- $own := index $root.Values (index . 1) -}}
- --namespace={{ include "berth.configNamespace" $root }}
{{- with $root.Values.loadBalancerClass }}
- --load-balancer-class={{ . }}
{{- end }}
{{- if $root.Values.debug }}
- --debug
{{- end }}
{{- with $own.extraArgs }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "berth.environment" -}}
{{- $own := index (index . 0).Values (index . 1) -}}
{{- with $own.javaOpts }}
- name: BERTH_JAVA_OPTS
  value: {{ . | quote }}
{{- end }}
{{- with $own.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Nothing but what is said: no capability, no way to more, no writes outside of /tmp. */}}
{{- define "berth.confinement" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* Takes the name of a host to ask, or nothing. A start may take a minute on a busy node: synced and serving is what ready means. */}}
{{- define "berth.probes" -}}
startupProbe:
  httpGet:
    path: /healthz
    port: http
    {{- with . }}
    host: {{ . | quote }}
    {{- end }}
  periodSeconds: 2
  failureThreshold: 90
livenessProbe:
  httpGet:
    path: /healthz
    port: http
    {{- with . }}
    host: {{ . | quote }}
    {{- end }}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
readinessProbe:
  httpGet:
    path: /readyz
    port: http
    {{- with . }}
    host: {{ . | quote }}
    {{- end }}
  periodSeconds: 5
  timeoutSeconds: 3
{{- end }}
