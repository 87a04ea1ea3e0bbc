@echo off
rem Starts Hedgerow. Java is taken from JAVA_HOME, else from the PATH; HEDGEROW_OPTS and JAVA_OPTS go to it.
setlocal
set "HOME_DIR=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"

set "VERSION=8"
rem Quotes around the whole command are for cmd, which takes the outermost ones away.
for /f "tokens=3" %%v in ('""%JAVA%" -XshowSettings:properties -version 2>&1 | findstr /c:"java.specification.version =""') do set "VERSION=%%v"
if "%VERSION:~0,2%"=="1." set "VERSION=8"
if %VERSION% LSS 17 (
  echo hedgerow: Java 17 or later is needed: install it, or set JAVA_HOME 1>&2
  exit /b 1
)
set "QUIET="
if %VERSION% GEQ 24 set "QUIET=--sun-misc-unsafe-memory-access=allow"
if not defined TF_CPP_MIN_LOG_LEVEL set "TF_CPP_MIN_LOG_LEVEL=3"

"%JAVA%" -Djava.awt.headless=true -Dfile.encoding=UTF-8 %QUIET% %JAVA_OPTS% %HEDGEROW_OPTS% -jar "%HOME_DIR%\lib\${project.artifactId}-${project.version}.jar" %*
exit /b %ERRORLEVEL%
